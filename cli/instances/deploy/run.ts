import { startCluster } from "../../../local/cluster";
import { jobPrograms } from "../../../stacks/parts/job-programs";
import { clusterChoice, connect, type Cluster } from "../../cluster";
import type { ProjectPaths } from "../../paths";
import { messageOf, progress } from "../../report";
import { openControl } from "../leases/control";
import { tellWhoHas } from "../leases/waiting";
import { patient } from "../patient";
import { ensureBackstop } from "../reap/backstop";
import type { Holder, InstanceRecord } from "../record";
import { build } from "./build";
import { check } from "./check";
import { clean } from "./clean";
import { deploy } from "./deploy";
import { free } from "./free";
import { type DeployPlan, planDeploy } from "./plan";
import { changed } from "./record";
import type { Show, Step, Work } from "./step";

/** How a deployment is run. */
export interface DeployManner {
  readonly holder: Holder;
  /** Wait for whoever works on it, and for room, instead of failing at once. */
  readonly wait: boolean;
  readonly show: Show;
  /** Stops it in order. */
  readonly signal: AbortSignal;
  /** Whether one that somebody has destroyed meanwhile stays so. @default false */
  readonly onlyIfThere?: boolean;
}

/** What a deployment does, in this order. */
export const STEPS: readonly Step[] = [build, free, clean, deploy, check];

/**
 * Deploys a test instance with its lease in hand.
 *
 * @returns what is known of it once it is live.
 * @throws Taken, NoRoom, NoIdentity, BuildError, LeaseLost, or Error with what went wrong.
 */
export async function runDeployment(
  paths: ProjectPaths,
  plan: DeployPlan,
  { holder, wait, show, signal, onlyIfThere = false }: DeployManner,
): Promise<InstanceRecord> {
  const cluster = await clusterFor(paths, plan);
  const { name } = plan.request;
  const control = openControl(cluster);
  return control.hold(name, holder, { wait, signal, onWait: tellWhoHas(name) }, async (held) => {
    const before = held.record;
    if (onlyIfThere && before === undefined) throw new Error(`${name} is gone meanwhile`);
    const work: Work = {
      paths,
      // Whoever was waited for may have written settings meanwhile.
      plan: planDeploy(paths, plan.request),
      cluster: patient(cluster, held.signal),
      holder,
      held,
      wait,
      built: {},
      identity: undefined,
      touched: false,
    };
    try {
      // No program runs on the local control plane, and so none that takes down anything.
      const lacking = plan.local ? undefined : await ensureBackstop(cluster, jobPrograms(paths.root).reap);
      if (lacking !== undefined) progress(lacking);
      await show.run(STEPS, work);
      return await changed(work, "live");
    } catch (error) {
      await afterFailure(work, before, error);
      throw error;
    }
  });
}

/** The cluster that it goes to; the control plane of this machine is started. */
async function clusterFor(paths: ProjectPaths, { local, settings }: DeployPlan): Promise<Cluster> {
  if (local) {
    const cluster = await startCluster(paths.cluster, { onProgress: progress });
    if (cluster.started) progress(`the local control plane listens on 127.0.0.1:${cluster.port}`);
  }
  return connect(clusterChoice(paths, settings.cluster));
}

/**
 * What a failure leaves in the lease. Before anything was touched the instance is what it was, and a new one is not
 * there at all.
 */
async function afterFailure(work: Work, before: InstanceRecord | undefined, error: unknown): Promise<void> {
  const { held } = work;
  try {
    if (work.touched) await changed(work, "failed", messageOf(error));
    else if (before === undefined) await held.forget();
    else await held.update(() => before);
  } catch {
    // The lease is lost or the cluster does not answer, which the failure itself says already.
  }
}
