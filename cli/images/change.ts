import { basename } from "node:path";

import type { ImageUse } from "../../stacks/settings";
import { onOutput } from "../../tools/process/colours";
import { up } from "../commands/up";
import { trackedFile } from "../stack-files";
import { type Edit, editSettings } from "./settings-file";
import type { ImageSubject } from "./subject";
import { table } from "./words";

/** A change of an image's settings. */
export interface Change {
  readonly use: string;
  /** What it does, in one line. */
  readonly says: string;
  readonly edits: readonly Edit[];
}

export interface ChangeOptions {
  readonly local: boolean;
  readonly json: boolean;
  /** Say what would be written, and write nothing. */
  readonly dryRun: boolean;
  /** Deploy at once. */
  readonly up: boolean;
  /** Deploy without a question. */
  readonly yes: boolean;
}

/** Writes changes into the stack's settings file, says how to deploy them, or does it. @returns the exit code. */
export async function makeChanges(
  subject: ImageSubject,
  changes: readonly Change[],
  options: ChangeOptions,
): Promise<number> {
  const { paths, stack } = subject;
  const file = trackedFile(paths, stack.name);
  const edits = changes.flatMap((change) => change.edits);
  if (!options.dryRun && edits.length > 0) editSettings(file, edits);
  const deploy = deployCommand(subject);
  if (options.json) {
    const made = changes.map(({ use, says }) => ({ use, says }));
    console.log(JSON.stringify({ stack: stack.name, changes: made, file: basename(file), deploy }, null, 2));
  } else {
    console.log(table(changes.map(({ use, says }) => [use, says])));
    if (edits.length > 0) console.log(whatNext(basename(file), deploy, options));
  }
  if (!options.up || options.dryRun || edits.length === 0) return 0;
  return up(paths, stack.name, { local: options.local, skipPreview: false, yes: options.yes });
}

/** The edit of an image's setting; a source that is by default that of a version is written beside a pin. */
export function edit({ path }: ImageUse, setting: "pin" | "source", value: string | undefined): Edit {
  return { path: [...path, setting], value };
}

function whatNext(file: string, deploy: string, { dryRun, up: deploys }: ChangeOptions): string {
  if (dryRun) return `\nNothing is written (--dry-run); it would go into ${file}.`;
  return deploys ? `\nWritten into ${file}.` : `\nWritten into ${file}. Deploy it: ${onOutput.bold(deploy)}`;
}

function deployCommand({ stack, local }: ImageSubject): string {
  const trial = local && stack.kind === "environment" && stack.deployment !== "dev";
  return `make up STACK=${stack.name}${trial ? " LOCAL=1" : ""}`;
}
