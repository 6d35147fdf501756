import type { Cluster } from "../../cluster";
import type { DestroyManner } from "../destroy";
import type { Control } from "../leases/api";
import { untilGone } from "../namespaces";
import type { OwnNamespace } from "./candidate";

/**
 * Takes down an instance whose stack is in a state that is not here: its namespaces go with all that they hold, and
 * its lease. What it has outside the cluster stays, and so does the stack, in its own state.
 *
 * @throws Taken when somebody is at it, Error when a namespace does not go.
 */
export async function takeDown(
  cluster: Cluster,
  control: Control,
  instance: { readonly name: string; readonly namespaces: readonly OwnNamespace[] },
  { holder, signal, before }: Pick<DestroyManner, "holder" | "signal" | "before">,
): Promise<void> {
  await control.hold(instance.name, holder, { signal }, async (held) => {
    await before?.(held);
    const names = instance.namespaces.map(({ name }) => name);
    for (const name of names) {
      const { status } = await cluster.ask("DELETE", `/api/v1/namespaces/${name}`);
      if (status >= 400 && status !== 404 && status !== 409)
        throw new Error(`the namespace ${name} cannot be deleted (HTTP ${status})`);
    }
    for (const name of names) {
      if (await untilGone(cluster, name, held.signal))
        throw new Error(`the namespace ${name} does not go: kubectl get all -n ${name}`);
    }
    await held.forget();
  });
}
