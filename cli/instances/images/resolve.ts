import { type Ref, type Reference, referenceText } from "../../../stacks/settings/references";
import type { ResolvedReference } from "./model";

/** Where Packit's repositories and their forks are. */
const GITHUB = "https://github.com";

/** Whose repositories they are when no fork is named. */
const UPSTREAM = "packit";

/** How long a forge may take to answer, in milliseconds. */
const PATIENCE_MS = 30_000;

export interface ResolveOptions {
  /** Address below which each owner has repositories. @default GitHub */
  readonly from?: string;
}

/** There is no such code: no such repository, pull request, branch or commit. */
export class NoSuchReference extends Error {
  override readonly name = "NoSuchReference";
}

/**
 * Finds the commits that references mean now.
 *
 * @throws NoSuchReference that names each one that means nothing.
 * @throws Error when one of them cannot be asked for.
 */
export async function resolveReferences(
  references: readonly Reference[],
  { from = GITHUB }: ResolveOptions = {},
): Promise<readonly ResolvedReference[]> {
  const ended = await Promise.allSettled(references.map((one) => resolve(one, from)));
  const failures = ended.flatMap((end) => (end.status === "rejected" ? [end.reason as Error] : []));
  if (failures.length > 0) {
    const message = failures.map(({ message }) => message).join("\n");
    throw failures.every((one) => one instanceof NoSuchReference)
      ? new NoSuchReference(message)
      : new Error(message);
  }
  return ended.flatMap((end) => (end.status === "fulfilled" ? [end.value] : []));
}

async function resolve(reference: Reference, from: string): Promise<ResolvedReference> {
  const { repository, ref } = reference;
  const owner = ref.kind === "fork" ? ref.owner : UPSTREAM;
  const url = `${from}/${owner}/${repository}`;
  if (ref.kind === "commit" && ref.sha.length === 40) {
    return { ...reference, url, gitRef: ref.sha, commit: ref.sha };
  }
  const wanted = gitRefOf(ref);
  const found = await remoteRefs(url, wanted, reference);
  if (ref.kind === "commit") return { ...reference, url, ...commitIn(found, ref.sha, reference) };
  const commit = wanted === undefined ? undefined : found.get(wanted);
  if (wanted === undefined || commit === undefined) {
    throw new NoSuchReference(`${referenceText(reference)}: ${url} has no ${meaning(ref)}`);
  }
  return { ...reference, url, gitRef: wanted, commit };
}

function gitRefOf(ref: Ref): string | undefined {
  switch (ref.kind) {
    case "pull":
      return `refs/pull/${ref.number}/head`;
    case "branch":
    case "fork":
      return `refs/heads/${ref.branch}`;
    case "commit":
      return undefined;
  }
}

function meaning(ref: Ref): string {
  if (ref.kind === "pull") return `pull request ${ref.number}`;
  return ref.kind === "commit" ? `commit ${ref.sha}` : `branch ${ref.branch}`;
}

/** Some digits name a commit only where something points at it: a forge does not search its history for them. */
function commitIn(
  found: ReadonlyMap<string, string>,
  digits: string,
  reference: Reference,
): { readonly gitRef: string; readonly commit: string } {
  const commits = new Set([...found.values()].filter((commit) => commit.startsWith(digits)));
  const [commit] = commits;
  if (commit === undefined || commits.size > 1) {
    const many =
      commit === undefined ? "no branch, tag or pull request ends there" : "several commits begin so";
    throw new NoSuchReference(`${referenceText(reference)}: ${many}; write all 40 digits of the commit`);
  }
  return { gitRef: commit, commit };
}

/** Asks a repository for its references, without a shell: by name, or all. */
async function remoteRefs(
  url: string,
  wanted: string | undefined,
  reference: Reference,
): Promise<ReadonlyMap<string, string>> {
  const { execa } = await import("execa");
  const { exitCode, stdout, stderr, timedOut } = await execa(
    "git",
    ["ls-remote", "--quiet", "--", url, ...(wanted === undefined ? [] : [wanted])],
    {
      // It is asked for no password, and speaks to nobody but the forge.
      env: { GIT_TERMINAL_PROMPT: "0", GIT_ASKPASS: "", GIT_ALLOW_PROTOCOL: "https:file", LC_ALL: "C" },
      stdin: "ignore",
      timeout: PATIENCE_MS,
      reject: false,
    },
  );
  if (exitCode !== 0) {
    const cannot = `${referenceText(reference)}: cannot ask ${url}`;
    if (timedOut) throw new Error(`${cannot}: no answer within ${PATIENCE_MS / 1000} s`);
    // GitHub asks for a password where there is nothing to see.
    if (/could not read Username|Repository not found/.test(stderr))
      throw new NoSuchReference(`${cannot}: there is no such repository, or it is not public`);
    const [says = ""] = stderr.trim().split("\n").slice(-1);
    throw new Error(`${cannot}: ${says === "" ? "git is missing: install it" : says}`);
  }
  const lines = stdout.split("\n").map((line) => line.split("\t"));
  return new Map(
    lines.flatMap(([commit = "", name]) =>
      name !== undefined && /^[0-9a-f]{40}$/.test(commit) ? [[name, commit] as const] : [],
    ),
  );
}
