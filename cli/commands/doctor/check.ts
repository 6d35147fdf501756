/** How a check ended. A warning does not make the command fail. */
export type Verdict = "ok" | "warning" | "failed" | "skipped";

/** What a check found. */
export interface Finding {
  readonly verdict: Verdict;
  /** One line, or a few; never a secret. */
  readonly says: string;
  /** What to do, where something is to be done. */
  readonly fix?: string;
}

/** Something that must be in order before a stack can be worked with. */
export interface Check {
  /** Short and stable, for scripts: `clock`. */
  readonly id: string;
  /** Checks before it that must have gone well, or with no more than a warning. */
  readonly needs?: readonly string[];
  readonly run: () => Promise<Finding> | Finding;
}

export function ok(says: string): Finding {
  return { verdict: "ok", says };
}

export function warning(says: string, fix: string): Finding {
  return { verdict: "warning", says, fix };
}

export function failed(says: string, fix: string): Finding {
  return { verdict: "failed", says, fix };
}

/** The check has nothing to look at, or something else has to be mended first. */
export function skipped(says: string): Finding {
  return { verdict: "skipped", says };
}

/** A check and what it found. */
export interface Examined extends Finding {
  readonly id: string;
}

/**
 * Makes checks one after the other.
 *
 * @param onExamined - Told each as soon as it is done.
 */
export async function examineAll(
  checks: readonly Check[],
  onExamined: (examined: Examined) => void,
): Promise<readonly Examined[]> {
  const done = new Map<string, Examined>();
  for (const check of checks) {
    const unmet = check.needs?.find((id) => !isGood(done.get(id)));
    const finding = unmet === undefined ? await examine(check) : skipped(`see ${unmet}`);
    const examined = { id: check.id, ...finding };
    done.set(check.id, examined);
    onExamined(examined);
  }
  return [...done.values()];
}

function isGood(finding: Finding | undefined): boolean {
  return finding?.verdict === "ok" || finding?.verdict === "warning";
}

/** A check that cannot be made is one that failed. */
export async function examine(check: Check, patienceMs = 60_000): Promise<Finding> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<Finding>((resolve) => {
    timer = setTimeout(() => {
      resolve(failed(`no answer within ${patienceMs / 1000} s`, "look at the network, and try again"));
    }, patienceMs);
  });
  try {
    return await Promise.race([Promise.resolve(check.run()), tooLong]);
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error), "mend this, and try again");
  } finally {
    clearTimeout(timer);
  }
}
