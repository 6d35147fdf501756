import { existsSync, writeFileSync } from "node:fs";

import { parseStackName } from "../../../stacks/settings";
import { editSettings } from "../../images/settings-file";
import { clearInterrupted, endEngines } from "../../interrupted";
import { stackEnvironment } from "../../session";
import { MADE_BY_DEPLOY, trackedFile } from "../../stack-files";
import { clearAbandonedLocks } from "../leases/abandoned-locks";
import { namespacesOf, untilGone } from "../namespaces";
import { imageEdits } from "./plan";
import type { Step, Work } from "./step";

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
    for (const one of namespacesOf(plan.settings)) await untilGone(cluster, one, held.signal, say);
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
