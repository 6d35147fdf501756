import { setTimeout } from "node:timers/promises";

import { startCluster } from "../../local/cluster";
import { type Cluster, connect } from "../cluster";
import { followPulumi } from "../followed-engine";
import { clearInterrupted, endEngines } from "../interrupted";
import type { ProjectPaths } from "../paths";
import { progress } from "../report";
import { openSession, type Session, stackEnvironment } from "../session";
import { isOurs } from "../stack-files";
import { clusterOfInstance } from "./clusters";
import { clearAbandonedLocks } from "./leases/abandoned-locks";
import type { Held } from "./leases/api";
import { openControl } from "./leases/control";
import { tellWhoHas } from "./leases/waiting";
import type { Holder } from "./record";
import { settingsFor, testInstanceName } from "./settings";

/** How an instance is destroyed. */
export interface DestroyManner {
  readonly holder: Holder;
  /** Wait for whoever works on it, instead of failing at once. */
  readonly wait: boolean;
  /** Told each line that the engine prints. */
  readonly onLine: (line: string) => void;
  /** Stops it in order. */
  readonly signal: AbortSignal;
}

/** How long a namespace may take to go, in milliseconds. */
const PATIENCE_MS = 180_000;

/**
 * Deletes everything of a test instance with its lease in hand, and gives back its place and identity. Its settings
 * file goes too, unless somebody has written settings of their own into it.
 *
 * @throws Taken, LeaseLost, or Error with what could not be deleted.
 */
export async function destroyInstance(
  paths: ProjectPaths,
  name: string,
  manner: DestroyManner,
): Promise<void> {
  const { holder, wait, signal, onLine } = manner;
  const cluster = await clusterFor(paths, name);
  const onWait = tellWhoHas(name);
  await openControl(cluster).hold(name, holder, { wait, signal, onWait }, async (held) => {
    if (held.record !== undefined) {
      await held.update((record) => ({ ...(record ?? missing(name)), state: "destroying" }));
    }
    await clear(paths, held);
    const session = await openSession(paths, name, false);
    await engine(session, ["destroy", "--yes", "--non-interactive"], held, onLine);
    await untilGone(cluster, namespacesOf(paths, name, held), held.signal);
    const keep = isOurs(paths, name) ? [] : ["--preserve-config"];
    await engine(
      session,
      ["stack", "rm", "--yes", "--non-interactive", "--remove-backups", ...keep],
      held,
      () => undefined,
    );
    await held.forget();
  });
}

/** Takes away what interrupted runs have left. */
async function clear(paths: ProjectPaths, held: Held): Promise<void> {
  const { name } = held;
  const stack = testInstanceName(name);
  const environment = stackEnvironment(paths, stack, settingsFor(paths, name)?.cluster === undefined);
  [
    ...(await endEngines(paths, name)),
    ...clearInterrupted(paths, name),
    ...(await clearAbandonedLocks(held, environment, paths.root)),
  ].forEach(progress);
}

/** The cluster that it runs on; the control plane of this machine is started. */
async function clusterFor(paths: ProjectPaths, name: string): Promise<Cluster> {
  if (settingsFor(paths, name)?.cluster === undefined)
    await startCluster(paths.cluster, { onProgress: progress });
  return connect(clusterOfInstance(paths, name).choice);
}

async function engine(
  session: Session,
  args: readonly string[],
  { signal }: Held,
  onLine: (line: string) => void,
): Promise<void> {
  const code = await followPulumi(session, args, onLine, signal);
  signal.throwIfAborted();
  if (code !== 0)
    throw new Error(`the engine did not get through ${args.slice(0, 1).join()}: run the command again`);
}

/** The namespaces of an instance, by its record and its settings. */
function namespacesOf(paths: ProjectPaths, name: string, { record }: Held): ReadonlySet<string> {
  const { namespace, sandboxNamespace } = settingsFor(paths, name) ?? {};
  const all = [record?.namespace, namespace, sandboxNamespace];
  return new Set(all.filter((one) => one !== undefined));
}

/**
 * Waits until namespaces are gone. One that stays was made by a stack whose state is elsewhere: the engine here knew
 * nothing of it, and the lease must not be given up.
 */
async function untilGone(cluster: Cluster, names: ReadonlySet<string>, signal: AbortSignal): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  for (const name of names) {
    for (;;) {
      const { status, body } = await cluster.ask("GET", `/api/v1/namespaces/${name}`);
      // Whoever may use a namespace need not have the right to look whether it is gone.
      if (status === 404 || status === 403) break;
      const { status: state } = Object(body) as { status?: { phase?: string } };
      if (status === 200 && state?.phase !== "Terminating") throw new Error(elsewhere(name));
      if (performance.now() > until)
        throw new Error(`the namespace ${name} does not go: kubectl get all -n ${name}`);
      await setTimeout(500, undefined, { signal });
    }
  }
}

function elsewhere(namespace: string): string {
  return (
    `the namespace ${namespace} is still there: the instance was deployed with a state that is not here. ` +
    "Destroy it where it was deployed, or log in to that state: packit-stacks login"
  );
}

function missing(name: string): never {
  throw new Error(`nothing is known of ${name}`);
}
