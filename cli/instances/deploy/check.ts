import { setTimeout } from "node:timers/promises";

import { answerOf } from "../answers";
import { rolloutsIn, rolloutText } from "../workloads";
import type { Say, Step, Work } from "./step";

/** How long pods may take to be ready once the engine has seen them so, in milliseconds. */
const PATIENCE_MS = 120_000;

/** Sees whether everything is ready, and whether the instance answers as far as that can be told from here. */
export const check: Step = {
  name: "check",
  title: "see whether it works",
  async run(work, say) {
    const count = await untilReady(work, say);
    const ready = `all ${count} workloads are ready`;
    if (work.plan.local) return `${ready}; no images run on the local control plane`;
    return `${ready}; ${await answerOf(work.plan.settings.hosts.api)}`;
  },
};

async function untilReady({ cluster, plan, held }: Work, say: Say): Promise<number> {
  const { namespace } = plan.settings;
  const until = performance.now() + PATIENCE_MS;
  for (let told = ""; ;) {
    const rollouts = await rolloutsIn(cluster, namespace);
    const waiting = rollouts.filter(({ done }) => !done).map(rolloutText);
    if (waiting.length === 0) return rollouts.length;
    if (performance.now() > until) {
      const why = `kubectl describe pods -n ${namespace}, and packit-stacks logs ${plan.request.name}, say why`;
      throw new Error(["not everything is ready", ...waiting.map((line) => `  ${line}`), why].join("\n"));
    }
    if (waiting.join() !== told) say(waiting.join("; "));
    told = waiting.join();
    await setTimeout(1000, undefined, { signal: held.signal });
  }
}
