import { answerOf } from "../answers";
import { untilReady } from "../workloads";
import type { Step } from "./step";

/** How long pods may take to be ready once the engine has seen them so, in milliseconds. */
const PATIENCE_MS = 120_000;

/** Sees whether everything is ready, and whether the instance answers as far as that can be told from here. */
export const check: Step = {
  name: "check",
  title: "see whether it works",
  async run(work, say) {
    const { cluster, plan, held } = work;
    const count = await untilReady(cluster, plan.settings.namespace, {
      name: plan.request.name,
      patience: PATIENCE_MS,
      onWait: say,
      signal: held.signal,
    });
    const ready = `all ${count} workloads are ready`;
    if (plan.local) return `${ready}; no images run on the local control plane`;
    return `${ready}; ${await answerOf(plan.settings.hosts.api)}`;
  },
};
