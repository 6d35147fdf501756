import { INPUT_LIMITS } from "../../../policy/gate/limits";
import { tooBig } from "../../../policy/gate/parse";
import { forgetRun, noteRun, RUN_VARIABLE } from "../../interrupted";
import { progress } from "../../report";
import type { Session } from "../../session";

/** What the gate needs to see: the unchanged too, and the order in which something is replaced. */
const FLAGS = ["--json", "--show-sames", "--show-replacement-steps"];

/** Previews a stack for the gate. What fails is in the preview itself, as an error that it reports. */
export function previewAsJson(session: Session): Promise<Buffer> {
  return engineJson(session, "preview", FLAGS);
}

/**
 * Runs a command of the engine that changes nothing and prints JSON.
 *
 * @throws Unreadable when it prints more than can be judged.
 */
export async function engineJson(
  { paths, stack, environment }: Session,
  command: "preview" | "refresh",
  options: readonly string[],
): Promise<Buffer> {
  const { execa } = await import("execa");
  progress(`${command === "preview" ? "previewing" : "looking at"} ${stack.name}`);
  const mark = noteRun(paths, stack.name);
  const result = await execa("pulumi", [command, "--stack", stack.name, ...options, "--non-interactive"], {
    cwd: paths.root,
    env: { ...environment, [RUN_VARIABLE]: mark },
    stdin: "ignore",
    stderr: "inherit",
    encoding: "buffer",
    maxBuffer: INPUT_LIMITS.bytes,
    reject: false,
  });
  if (result.isMaxBuffer) throw tooBig();
  if (result.signal === undefined) forgetRun(paths, stack.name);
  return Buffer.from(result.stdout);
}
