import { resolve } from "node:path";

import type { Finding } from "../../../stacks/settings/errors";
import { onOutput } from "../../../tools/process/colours";
import type { ProjectPaths } from "../../paths";
import { progress } from "../../report";
import { examine } from "./checks";
import { keep } from "./keep";
import { type FolderReading, readFolder } from "./layout/folder";
import { changed, dotted } from "./leaves";
import { isUsed } from "./needs";
import { tell } from "./set";
import { readSecrets } from "./store";
import { commandFor, packitSubject, type Subject } from "./subject";

export interface ImportOptions {
  readonly local: boolean;
  /** Say what would be done, and store nothing. */
  readonly dryRun: boolean;
}

/**
 * Takes over the secrets of a folder in the layout of the old deployment. Those that are stored already and not in
 * the folder stay.
 */
export async function importFolder(
  paths: ProjectPaths,
  name: string,
  folder: string,
  options: ImportOptions,
): Promise<number> {
  const subject = packitSubject(paths, name, options.local);
  const reading = readFolder(resolve(folder));
  const used = reading.taken.filter(({ path }) => isUsed(subject.rules, path));
  console.log(describe(subject, reading));
  const findings = reading.problems.map(({ file, problem }): Finding => {
    return { key: file, problem, fix: "mend the file, or take it out of the folder" };
  });
  tell(name, await keep(subject, used, { dryRun: options.dryRun, findings }), options.dryRun);
  const stored = await readSecrets(subject);
  for (const line of stillMissing(subject, options.dryRun ? changed(stored, used) : stored)) progress(line);
  return 0;
}

/** File by file what is taken and what is left out, by name. */
function describe({ rules, stack }: Subject, { files }: FolderReading): string {
  const width = Math.max(0, ...files.map(({ file }) => file.length));
  return files
    .flatMap(({ file, taken, left, problems }) => {
      const used = taken.filter(({ path }) => isUsed(rules, path)).map(({ path }) => dotted(path));
      const unused = taken.map(({ path }) => dotted(path)).filter((path) => !used.includes(path));
      const lines = [
        ...(used.length > 0 ? [`${onOutput.green("taken")}: ${used.join(", ")}`] : []),
        ...(unused.length > 0 ? [`left out, ${stack.name} has no use for it: ${unused.join(", ")}`] : []),
        ...left.map((reason) => `left out: ${reason}`),
        ...problems.map((problem) => `${onOutput.red("wrong")}: ${problem}`),
      ];
      return lines.map((line, index) => `${(index === 0 ? file : "").padEnd(width)}  ${line}`);
    })
    .join("\n");
}

/** What the folder did not have: the old deployment knew no password of the key-value store, for example. */
function stillMissing(subject: Subject, tree: Parameters<typeof examine>[1]): readonly string[] {
  const { missing } = examine(subject, tree, new Date());
  const keys = new Set(missing.map(({ key }) => key.replace("packit:secrets.", "")));
  const needs = subject.rules.needs.filter(({ path }) => keys.has(dotted(path)));
  return needs.map(({ path, form, description }) => {
    const canBeMadeUp = form === "uuid" || path[0] === "keyValue";
    const command = commandFor(subject, "set", dotted(path), ...(canBeMadeUp ? ["--generate"] : []));
    return `still missing: ${dotted(path)}. ${description} ${command}`;
  });
}
