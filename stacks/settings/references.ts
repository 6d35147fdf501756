import { type Pull, REPOSITORIES, type Repository } from "./pulls";

/** Which code of a repository a test instance runs. */
export type Ref =
  | { readonly kind: "pull"; readonly number: number }
  | { readonly kind: "branch"; readonly branch: string }
  | { readonly kind: "commit"; readonly sha: string }
  /** A branch of somebody's fork of the same name. */
  | { readonly kind: "fork"; readonly owner: string; readonly branch: string };

/** Code of one repository. */
export interface Reference {
  readonly repository: Repository;
  readonly ref: Ref;
}

/** How a reference is written, for messages and help texts. */
export const REFERENCE_FORMS =
  "REPO=614 (a pull request), REPO=branch:main, REPO=sha:1f2e3d4 (7 to 40 digits) or REPO=owner:branch (a fork)";

// What git takes for a branch, less what a shell, an address or a file's name could stumble over.
const BRANCH = /^(?!.*(?:\.\.|\/\/|\.lock(?:\/|$)))[A-Za-z0-9_][A-Za-z0-9._/-]{0,99}(?<![./])$/;
const OWNER = /^(?!.*--)[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?$/;

/** Reads the part after `REPO=`; undefined when it is none of {@link REFERENCE_FORMS}. */
export function parseRef(text: string): Ref | undefined {
  if (/^[1-9][0-9]{0,7}$/.test(text)) return { kind: "pull", number: Number(text) };
  const [, word = "", rest = ""] = /^([^:]*):(.*)$/.exec(text) ?? [];
  if (word === "sha") {
    return /^[0-9a-f]{7,40}$/.test(rest) ? { kind: "commit", sha: rest } : undefined;
  }
  if (!BRANCH.test(rest)) return undefined;
  if (word === "branch") return { kind: "branch", branch: rest };
  return OWNER.test(word) ? { kind: "fork", owner: word, branch: rest } : undefined;
}

/** Writes what {@link parseRef} reads. */
export function refText(ref: Ref): string {
  switch (ref.kind) {
    case "pull":
      return String(ref.number);
    case "branch":
      return `branch:${ref.branch}`;
    case "commit":
      return `sha:${ref.sha}`;
    case "fork":
      return `${ref.owner}:${ref.branch}`;
  }
}

/** A reference as it is typed: `packit-service=614`. */
export function referenceText({ repository, ref }: Reference): string {
  return `${repository}=${refText(ref)}`;
}

/** References in the fixed order of their repositories. */
export function referencesInOrder(references: readonly Reference[]): readonly Reference[] {
  const place = ({ repository }: Reference): number => REPOSITORIES.indexOf(repository);
  return [...references].sort((a, b) => place(a) - place(b));
}

/** A pull request as a reference. */
export function referenceTo({ repository, number }: Pull): Reference {
  return { repository, ref: { kind: "pull", number } };
}

/** References as settings have them, by repository; those that are none are left out. */
export function referencesIn(texts: Readonly<Partial<Record<Repository, string>>>): readonly Reference[] {
  return REPOSITORIES.flatMap((repository) => {
    const ref = parseRef(texts[repository] ?? "");
    return ref === undefined ? [] : [{ repository, ref }];
  });
}

/** Where people read what a reference is about. */
export function referenceUrl({ repository, ref }: Reference): string {
  const url = (owner: string) => `https://github.com/${owner}/${repository}`;
  switch (ref.kind) {
    case "pull":
      return `${url("packit")}/pull/${ref.number}`;
    case "branch":
      return `${url("packit")}/tree/${ref.branch}`;
    case "commit":
      return `${url("packit")}/commit/${ref.sha}`;
    case "fork":
      return `${url(ref.owner)}/tree/${ref.branch}`;
  }
}
