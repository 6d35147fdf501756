import { setTimeout } from "node:timers/promises";

import type { Settings } from "../../stacks/settings";
import type { Cluster } from "../cluster";

/** How long a namespace may take to go, in milliseconds. */
const PATIENCE_MS = 180_000;

/** How often it is looked at, in milliseconds. */
const LOOK_MS = 500;

/** The namespaces of an instance: its services', and that of its sandbox where it has one. */
export function namespacesOf({
  namespace,
  sandboxNamespace,
}: Pick<Settings, "namespace" | "sandboxNamespace">): readonly string[] {
  return sandboxNamespace === undefined ? [namespace] : [namespace, sandboxNamespace];
}

/**
 * Waits while a namespace is being deleted: nothing can be made in it meanwhile, nor another by its name.
 *
 * @param onWait - Told once when it has to be waited for.
 * @returns whether it is still there, since nobody deletes it.
 * @throws Error with what holds it when it does not go.
 */
export async function untilGone(
  cluster: Cluster,
  namespace: string,
  signal: AbortSignal,
  onWait: (line: string) => void = () => undefined,
): Promise<boolean> {
  const until = performance.now() + PATIENCE_MS;
  for (let asked = 0; ; asked++) {
    const { status, body } = await cluster.ask("GET", `/api/v1/namespaces/${namespace}`);
    // Whoever may use a namespace need not have the right to look whether it is there.
    if (status === 404 || status === 403) return false;
    const { status: state } = Object(body) as { status?: NamespaceStatus };
    if (status === 200 && state?.phase !== "Terminating") return true;
    if (asked === 0) onWait(`the namespace ${namespace} is being deleted`);
    if (performance.now() > until) throw new Error(stuck(namespace, state));
    await setTimeout(LOOK_MS, undefined, { signal });
  }
}

interface NamespaceStatus {
  readonly phase?: string;
  readonly conditions?: readonly { readonly status?: string; readonly message?: string }[];
}

function stuck(namespace: string, { conditions = [] }: NamespaceStatus = {}): string {
  const why = conditions.flatMap(({ status, message }) =>
    status === "True" && message ? [`  ${message}`] : [],
  );
  return [
    `the namespace ${namespace} does not go after ${PATIENCE_MS / 1000} s`,
    ...why,
    `look at what is left in it: kubectl get all -n ${namespace}; and run the command again`,
  ].join("\n");
}
