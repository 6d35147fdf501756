import { createHash } from "node:crypto";

/** Repositories under github.com/packit whose pull requests can be tested, in the order in which names list them. */
export const REPOSITORIES = [
  "packit-service",
  "packit",
  "ogr",
  "specfile",
  "dashboard",
  "packit-service-fedmsg",
  "packit-service-centosmsg",
  "tokman",
  "sandcastle",
  "deployment",
  "fedora-ci",
] as const;

export type Repository = (typeof REPOSITORIES)[number];

/** A pull request that a test instance runs. */
export interface Pull {
  readonly repository: Repository;
  readonly number: number;
}

// Longest first, so that packit-service is not read as packit.
const REPOSITORY = [...REPOSITORIES].sort((a, b) => b.length - a.length).join("|");
const PULL = `(?:${REPOSITORY})-[1-9][0-9]{0,7}`;
const PULLS = new RegExp(`^${PULL}(?:-${PULL})*$`);
const SHORTENED = new RegExp(`^(?:${PULL}-)*x[0-9a-f]{7}$`);
const EACH_PULL = new RegExp(`(${REPOSITORY})-([0-9]+)`, "g");

/** Pull requests in the fixed order, one a repository. */
export function inOrder(pulls: readonly Pull[]): readonly Pull[] {
  return [...pulls].sort((a, b) => REPOSITORIES.indexOf(a.repository) - REPOSITORIES.indexOf(b.repository));
}

/**
 * The part of a test instance's name that says which pull requests it runs: `pr-614` for one of the service's own
 * repository, otherwise all of them in the fixed order, and a hash in place of the last ones where `room` is not
 * enough.
 */
export function labelOf(pulls: readonly Pull[], room: number, own: Repository): string {
  const ordered = inOrder(pulls);
  const [first] = ordered;
  if (ordered.length === 1 && first?.repository === own) return `pr-${first.number}`;
  const parts = ordered.map((pull) => `${pull.repository}-${pull.number}`);
  const whole = parts.join("-");
  return whole.length <= room ? whole : shortenedLabel(parts, whole, room);
}

/** As many parts as `room` is enough for, and a hash of everything. */
export function shortenedLabel(parts: readonly string[], everything: string, room: number): string {
  // The letter keeps a hash of digits from reading as a pull request's number.
  const hash = `x${createHash("sha256").update(everything).digest("hex").slice(0, 7)}`;
  const kept = [...parts];
  const label = () => [...kept, hash].join("-");
  while (kept.length > 0 && label().length > room) kept.pop();
  return label();
}

/** Reads what {@link labelOf} wrote; undefined when the label is no list of pull requests. */
export function pullsOf(label: string, own: Repository): readonly Pull[] | undefined {
  const single = /^pr-([1-9][0-9]{0,7})$/.exec(label)?.[1];
  if (single !== undefined) return [{ repository: own, number: Number(single) }];
  if (!PULLS.test(label)) return undefined;
  return Array.from(label.matchAll(EACH_PULL), ([, repository, number]) => ({
    repository: repository as Repository,
    number: Number(number),
  }));
}

/** Whether {@link labelOf} wrote this label with a hash in place of some pull requests. */
export function isShortened(label: string): boolean {
  return SHORTENED.test(label);
}
