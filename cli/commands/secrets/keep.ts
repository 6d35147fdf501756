import { relative } from "node:path";

import { SettingsError } from "../../../stacks/settings";
import type { Finding } from "../../../stacks/settings/errors";
import { type Tree, valueAt } from "../../../stacks/settings/tree";
import { progress } from "../../report";
import { about, examine } from "./checks";
import { hostsWithoutCertificate } from "./checks/hosts";
import { type Change, changed, dotted } from "./leaves";
import { isUsed } from "./needs";
import { readSecrets, storeSecrets } from "./store";
import type { Subject } from "./subject";

/** What is done to each secret. */
export interface Kept {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  readonly same: readonly string[];
  /** What is missing now of the purposes that were touched: the other half of a pair, for example. */
  readonly lacking: readonly string[];
}

export interface KeepOptions {
  /** Check only, and store nothing. */
  readonly dryRun: boolean;
  /** Findings of whoever read the values, told together with those of the checks. */
  readonly findings?: readonly Finding[];
}

/**
 * Stores secrets of a stack after it has checked them together with those that are stored already, which stay.
 *
 * @throws SettingsError with everything that is wrong, at once; nothing is stored then.
 */
export async function keep(
  subject: Subject,
  changes: readonly Change[],
  { dryRun, findings = [] }: KeepOptions,
): Promise<Kept> {
  const stored = await readSecrets(subject);
  const tree = changed(stored, changes);
  const paths = changes.map(({ path }) => path);
  const { wrong, missing } = examine(subject, tree, new Date());
  const all = [...findings, ...about(wrong, paths)];
  if (all.length > 0) throw new SettingsError(subject.stack.name, all);
  const kept = compare(stored, changes);
  const real = changes.filter(({ path, value }) => valueAt(stored, path) !== value);
  if (!dryRun && real.length > 0) {
    await storeSecrets(subject, stored, real);
    progress(`stored, encrypted, in ${relative(subject.paths.root, subject.file)}`);
  }
  for (const remark of remarks(subject, tree, changes)) progress(remark);
  const lacking = about(missing, paths).map(({ key }) => key.replace("packit:secrets.", ""));
  return { ...kept, lacking };
}

function compare(stored: Tree, changes: readonly Change[]): Omit<Kept, "lacking"> {
  const kept = {
    added: [] as string[],
    changed: [] as string[],
    removed: [] as string[],
    same: [] as string[],
  };
  for (const { path, value } of changes) {
    const before = valueAt(stored, path);
    const what =
      before === value
        ? kept.same
        : value === undefined
          ? kept.removed
          : before === undefined
            ? kept.added
            : kept.changed;
    what.push(dotted(path));
  }
  return kept;
}

/** What is not wrong, but should be known. */
function remarks({ rules, stack }: Subject, tree: Tree, changes: readonly Change[]): readonly string[] {
  const given = changes.filter(({ value }) => value !== undefined);
  const unused = given.filter(({ path }) => !isUsed(rules, path)).map(({ path }) => dotted(path));
  const touchesTls = given.some(({ path }) => dotted(path) === "tls.fullchain");
  const bare = touchesTls ? hostsWithoutCertificate(rules.hosts, tree) : [];
  return [
    ...(unused.length > 0 ? [`${stack.name} has no use for ${unused.join(", ")} as it is set up now`] : []),
    ...(bare.length > 0 ? [`the certificate does not cover ${bare.join(", ")}`] : []),
  ];
}
