import { startCluster } from "../../local/cluster";
import { requireToken, testRepositoryOf } from "../../stacks/settings/test-repository";
import { type Cluster, connect } from "../cluster";
import { followPulumi } from "../followed-engine";
import { clearInterrupted, endEngines } from "../interrupted";
import type { ProjectPaths } from "../paths";
import { progress } from "../report";
import { openSession, type Session, stackEnvironment } from "../session";
import { isOurs } from "../stack-files";
import { hasStack } from "../stacks-here";
import { clusterOfInstance } from "./clusters";
import { EngineOutput } from "./deploy/engine-output";
import { clearBuildFolders } from "./images/builders/build-folder";
import { clearAbandonedLocks } from "./leases/abandoned-locks";
import type { Held } from "./leases/api";
import { openControl } from "./leases/control";
import { tellWhoHas } from "./leases/waiting";
import { namespacesOf, untilGone } from "./namespaces";
import { patient } from "./patient";
import { leftOf } from "./reap/left";
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
  /** Called with the lease in hand, before anything is touched: what it throws ends it. */
  readonly before?: (held: Held) => Promise<void>;
}

/**
 * Deletes everything of a test instance with its lease in hand, and gives back its place and identity. Its settings
 * file goes too, unless somebody has written settings of their own into it. Before anybody else may deploy it again it
 * looks whether anything is left.
 *
 * @returns what is left all the same, a name each.
 * @throws Taken, LeaseLost, or Error with what could not be deleted.
 */
export async function destroyInstance(
  paths: ProjectPaths,
  name: string,
  manner: DestroyManner,
): Promise<readonly string[]> {
  const { holder, wait, signal, onLine } = manner;
  const settings = settingsFor(paths, name);
  if (settings !== undefined && testRepositoryOf(settings) !== undefined)
    requireToken(name, process.env.GITHUB_TOKEN);
  const cluster = await clusterFor(paths, name);
  const onWait = tellWhoHas(name);
  return openControl(cluster).hold(name, holder, { wait, signal, onWait }, async (held) => {
    await manner.before?.(held);
    if (held.record !== undefined) {
      await held.update((record) => ({ ...(record ?? missing(name)), state: "destroying" }));
    }
    await clear(paths, held);
    const session = await openSession(paths, name, false);
    await engine(session, ["destroy", "--yes", "--non-interactive"], held, onLine);
    await untilAllGone(paths, patient(cluster, held.signal), held);
    const keep = isOurs(paths, name) ? [] : ["--preserve-config"];
    await engine(
      session,
      ["stack", "rm", "--yes", "--non-interactive", "--remove-backups", ...keep],
      held,
      () => undefined,
    );
    const local = settings?.cluster === undefined;
    const left = await leftOf(paths, name, patient(cluster, held.signal), {
      leases: [],
      hasStack: await hasStack(paths, name, local),
    });
    await held.forget();
    return left;
  });
}

/** Takes away what interrupted runs have left. */
async function clear(paths: ProjectPaths, held: Held): Promise<void> {
  const { name } = held;
  const stack = testInstanceName(name);
  clearBuildFolders();
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
  const output = new EngineOutput();
  const heard = (line: string): void => {
    output.take(line);
    onLine(line);
  };
  const code = await followPulumi(session, args, heard, signal);
  signal.throwIfAborted();
  if (code === 0) return;
  const what = `the engine did not get through ${args.slice(0, 1).join()}: run the command again`;
  throw new Error([what, output.problem].join("\n").trimEnd());
}

/**
 * Waits until an instance's namespaces are gone, by its record and its settings. One that stays was made by a stack
 * whose state is elsewhere: the engine here knew nothing of it, and the lease must not be given up.
 */
async function untilAllGone(paths: ProjectPaths, cluster: Cluster, held: Held): Promise<void> {
  const settings = settingsFor(paths, held.name);
  const own = settings === undefined ? [] : namespacesOf(settings);
  const recorded = held.record === undefined ? [] : [held.record.namespace];
  for (const name of new Set([...recorded, ...own])) {
    if (await untilGone(cluster, name, held.signal)) throw new Error(elsewhere(name));
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
