import { hostname, userInfo } from "node:os";

import type { Holder } from "./record";

/** Variables of CI systems that name a run. */
type Variables = Readonly<Partial<Record<string, string>>>;

/** How somebody may be named by {@link readHolder}. */
export const HOLDER_FORMS = "person:NAME, pull:OWNER/REPOSITORY#NUMBER or ci:RUN";

/** Who runs this command: a CI run that says so, otherwise a person on a machine. */
export function currentHolder(environment: Variables = process.env): Holder {
  const { GITHUB_ACTIONS, GITHUB_REPOSITORY, GITHUB_RUN_ID, ZUUL_BUILD } = environment;
  if (GITHUB_ACTIONS === "true" && GITHUB_RUN_ID !== undefined)
    return { kind: "ci", name: `${GITHUB_REPOSITORY ?? "github"} run ${GITHUB_RUN_ID}` };
  if (ZUUL_BUILD !== undefined) return { kind: "ci", name: `zuul ${ZUUL_BUILD}` };
  return { kind: "person", name: `${user(environment)}@${hostname()}`.slice(0, 200) };
}

/**
 * On whose behalf a command works.
 *
 * @param text - As somebody typed it; who runs the command without.
 * @throws Error when it is none of {@link HOLDER_FORMS}.
 */
export function holderFor(text: string | undefined): Holder {
  if (text === undefined) return currentHolder();
  const holder = readHolder(text);
  if (holder === undefined) throw new Error(`--by names nobody: write ${HOLDER_FORMS}`);
  return holder;
}

/** Reads one of {@link HOLDER_FORMS}; undefined when it is none. */
export function readHolder(text: string): Holder | undefined {
  const [, kind, name = ""] = /^(person|pull|ci):([\w.@/# -]{1,200})$/.exec(text) ?? [];
  if (kind === "pull" && !/^[\w.-]+\/[\w.-]+#[1-9][0-9]*$/.test(name)) return undefined;
  return kind === undefined ? undefined : { kind: kind as Holder["kind"], name };
}

function user({ USER, LOGNAME }: Variables): string {
  try {
    return userInfo().username;
  } catch {
    // A container's user may have no name.
    return USER ?? LOGNAME ?? "somebody";
  }
}
