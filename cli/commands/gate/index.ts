import { Command, InvalidArgumentError, Option } from "commander";

import { THRESHOLDS } from "../../../policy/gate/limits";
import { approvingOptions } from "./approving";
import type { GateOptions } from "./gate";

/** `packit-stacks gate`. */
export const gateCommand = new Command("gate")
  .argument("<stack>")
  .description(
    "find unsafe changes in a stack's preview; exit code 0 when there are none, 1 when there are, 2 when it cannot be judged",
  )
  .option(
    "--preview <file>",
    "judge the output of `pulumi preview --json` in a file, or - for standard input",
  )
  .addOption(
    new Option("--local", "preview a shared environment on the local control plane (LOCAL=1)").default(
      process.env.LOCAL === "1",
    ),
  )
  .addOption(new Option("--json", "print the verdict as JSON").conflicts(["markdown", "sarif"]))
  .addOption(new Option("--markdown", "print it as a comment for a pull request").conflicts(["sarif"]))
  .addOption(new Option("--sarif", "print it as SARIF 2.1.0"))
  .addOption(
    new Option("--share <percent>", "how much of a stack may change at once")
      .argParser(percent)
      .default(THRESHOLDS.share, `${THRESHOLDS.share * 100}`),
  )
  .addOption(
    new Option("--memory-cut <percent>", "by how much a container's memory may be cut at once")
      .argParser(percent)
      .default(THRESHOLDS.memoryCut, `${THRESHOLDS.memoryCut * 100}`),
  )
  .action(async (stack: string, options: GateOptions) => {
    const { gate } = await import("./gate.js");
    process.exitCode = await gate(stack, options);
  });

approvingOptions().forEach((option) => gateCommand.addOption(option));

function percent(text: string): number {
  const number = Number(text);
  if (text === "" || !(number >= 0 && number <= 100))
    throw new InvalidArgumentError("a number from 0 to 100.");
  return number / 100;
}
