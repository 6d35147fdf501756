import { findToolchain } from "../../../tools/setup/toolchain";
import { activeLogin, pulumiEnvironment } from "../../environment";
import type { ProjectPaths } from "../../paths";
import { type Check, examineAll } from "./check";
import { lockCheck } from "./checks/lock";
import { machineChecks } from "./checks/machine";
import { clusterChecks } from "./checks/cluster";
import { stackChecks } from "./checks/stack";
import { stateChecks } from "./checks/state";
import { asJson, asText, isHealthy } from "./report";
import { stateFacts } from "./state-facts";
import { type Subject, subjectOf } from "./subject";

/** Options of the command. */
export interface Options {
  readonly local: boolean;
  readonly json: boolean;
}

/** Checks everything that a deployment needs, and says what to do about what is not in order. */
export async function doctor(
  paths: ProjectPaths,
  name: string | undefined,
  options: Options,
): Promise<number> {
  const subject = name === undefined ? undefined : await subjectOf(paths, name, options.local);
  const findings = await examineAll(checksFor(paths, subject), (examined) => {
    if (!options.json) console.log(asText(examined));
  });
  if (options.json) console.log(asJson(name, findings));
  return isHealthy(findings) ? 0 : 1;
}

function checksFor(paths: ProjectPaths, subject: Subject | undefined): readonly Check[] {
  const toolchain = findToolchain(paths.root);
  const local = subject?.local ?? false;
  const shared =
    !local && (activeLogin(paths, local) !== undefined || process.env.PULUMI_BACKEND_URL !== undefined);
  const machine = machineChecks({ node: process.versions.node, toolchain, shared });
  // Nothing can be asked without the engine.
  if (toolchain === undefined) return machine;
  const environment = subject?.environment ?? pulumiEnvironment(paths, false);
  const state = stateChecks(stateFacts(paths, environment, local));
  if (subject === undefined) return [...machine, ...state];
  return [
    ...machine,
    ...state,
    ...stackChecks(subject.stack),
    lockCheck(subject.lock),
    ...clusterChecks(subject.cluster),
  ];
}
