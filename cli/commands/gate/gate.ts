import { exitCodeOf, judge, type Verdict } from "../../../policy/gate/judge";
import { parsePreview } from "../../../policy/gate/parse";
import { asJson } from "../../../policy/gate/report/json";
import { asMarkdown } from "../../../policy/gate/report/markdown";
import { asSarif } from "../../../policy/gate/report/sarif";
import { asText } from "../../../policy/gate/report/text";
import { Unreadable } from "../../../policy/gate/unreadable";
import { onOutput } from "../../../tools/process/colours";
import { failure } from "../../report";
import { type Approving, approvalsIn } from "./approving";
import { readInput } from "./input";

export interface GateOptions extends Approving {
  readonly preview?: string;
  readonly local: boolean;
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly sarif?: boolean;
  /** From 0 to 1. */
  readonly share: number;
  readonly memoryCut: number;
}

/** Judges a preview and prints the verdict. @returns 0 safe, 1 unsafe, 2 could not judge. */
export async function gate(stack: string, options: GateOptions): Promise<number> {
  try {
    const approvals = await approvalsIn(options);
    const { share, memoryCut } = options;
    const preview = parsePreview(await bytesOf(stack, options));
    const verdict = judge(preview, stack, {
      thresholds: { share, memoryCut },
      ...(approvals !== undefined && { approvals }),
    });
    console.log(printed(verdict, options));
    return exitCodeOf(verdict);
  } catch (error) {
    const what =
      options.preview === undefined
        ? "the preview"
        : options.preview === "-"
          ? "standard input"
          : options.preview;
    failure(error instanceof Unreadable ? `${what} cannot be judged: ${error.message}` : error);
    return 2;
  }
}

function printed(verdict: Verdict, { json, markdown, sarif }: GateOptions): string {
  if (json === true) return asJson(verdict);
  if (markdown === true) return asMarkdown(verdict);
  return sarif === true ? asSarif(verdict) : asText(verdict, onOutput);
}

async function bytesOf(stack: string, { preview, local }: GateOptions): Promise<Buffer> {
  if (preview !== undefined) return readInput(preview);
  // What runs the engine is not needed, and not loaded, where a preview is given.
  const { projectPaths } = await import("../../paths.js");
  const { openSession } = await import("../../session.js");
  const { previewAsJson } = await import("./preview.js");
  return previewAsJson(await openSession(projectPaths(), stack, local));
}
