import { existsSync, writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";

import { parseStackName } from "../../../stacks/settings";
import type { Cluster } from "../../cluster";
import { editSettings } from "../../images/settings-file";
import { clearInterrupted, endEngines } from "../../interrupted";
import { stackEnvironment } from "../../session";
import { MADE_BY_DEPLOY, trackedFile } from "../../stack-files";
import { clearAbandonedLocks } from "../leases/abandoned-locks";
import { imageEdits } from "./plan";
import type { Say, Step, Work } from "./step";

/** How long a namespace that is being deleted may take to go, in milliseconds. */
const PATIENCE_MS = 180_000;

/** Takes away what an interrupted run has left, and writes the instance's settings. */
export const clean: Step = {
  name: "clean",
  title: "clear what earlier runs have left",
  async run(work, say) {
    const { paths, plan, cluster, held } = work;
    const { name } = plan.request;
    const environment = stackEnvironment(paths, parseStackName(name), plan.local);
    const done = [
      ...(await endEngines(paths, name)),
      ...clearInterrupted(paths, name),
      ...(await clearAbandonedLocks(held, environment, paths.root)),
    ];
    done.forEach(say);
    const { namespace, sandboxNamespace } = plan.settings;
    for (const one of [namespace, sandboxNamespace]) {
      if (one !== undefined) await untilGone(cluster, one, say, held.signal);
    }
    writeSettings(work);
    return done.length === 0 ? "nothing was left" : done.join("; ");
  },
};

/** Writes what the program needs to know, so that a plain `pulumi up` deploys the same. */
function writeSettings({ paths, plan, built, identity }: Work): void {
  const edits = [
    ...plan.edits,
    ...imageEdits(built),
    ...(identity === undefined ? [] : [{ path: ["identity"], value: identity }]),
  ];
  if (edits.length === 0) return;
  const file = trackedFile(paths, plan.request.name);
  if (!existsSync(file)) writeFileSync(file, MADE_BY_DEPLOY, { mode: 0o600 });
  editSettings(file, edits);
}

/** Waits while a namespace is being deleted: nothing can be made in it, nor another by its name. */
async function untilGone(cluster: Cluster, namespace: string, say: Say, signal: AbortSignal): Promise<void> {
  const path = `/api/v1/namespaces/${namespace}`;
  const until = performance.now() + PATIENCE_MS;
  for (let asked = 0; ; asked++) {
    const { status, body } = await cluster.ask("GET", path);
    const { status: state } = Object(body) as { status?: NamespaceStatus };
    if (status !== 200 || state?.phase !== "Terminating") return;
    if (asked === 0) say(`the namespace ${namespace} is being deleted`);
    if (performance.now() > until) throw new Error(stuck(namespace, state));
    await setTimeout(1000, undefined, { signal });
  }
}

interface NamespaceStatus {
  readonly phase?: string;
  readonly conditions?: readonly { readonly status?: string; readonly message?: string }[];
}

function stuck(namespace: string, { conditions = [] }: NamespaceStatus): string {
  const why = conditions.flatMap(({ status, message }) =>
    status === "True" && message ? [`  ${message}`] : [],
  );
  return [
    `the namespace ${namespace} of an earlier run does not go after ${PATIENCE_MS / 1000} s`,
    ...why,
    `look at what is left in it: kubectl get all -n ${namespace}; and deploy again`,
  ].join("\n");
}
