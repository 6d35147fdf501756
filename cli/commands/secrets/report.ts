import type { SecretForm, SecretNeed } from "../../../stacks/settings";
import { EXAMPLE_MARK, EXAMPLE_REALM } from "../../../stacks/settings/example-secrets";
import { type Path, settingKey, type Tree, valueAt } from "../../../stacks/settings/tree";
import { examine } from "./checks";
import { chainOf, endOf } from "./checks/certificate";
import { hostsWithoutCertificate } from "./checks/hosts";
import { day } from "./checks/problem";
import { jwtEnd } from "./checks/token";
import { dotted, leavesOf } from "./leaves";
import { isUsed, isUser } from "./needs";
import { formAt, isPlace } from "./place";
import type { Subject } from "./subject";

/**
 * How it stands with a secret: `set`; `example` (set, but made up for trials); `made` (the stack makes its own);
 * `missing` (needed and not there); `wrong` (there, but of no use); `optional` (not there, and not needed);
 * `unused` (there, and nothing reads it).
 */
export type SecretState = "example" | "made" | "missing" | "optional" | "set" | "unused" | "wrong";

/** What can be said of a secret without showing it. */
export interface SecretRow {
  readonly secret: string;
  readonly state: SecretState;
  readonly form: SecretForm;
  readonly description: string;
  /** The last day of a certificate or token, where it tells. */
  readonly ends?: string;
  readonly daysLeft?: number;
  /** What is wrong with it, or should be known. */
  readonly remark?: string;
}

const DAY_MS = 86_400_000;

/** A keytab without entries: the format's version, and nothing. */
const EMPTY_KEYTAB = "BQI=";

/** All secrets that a stack needs or has. */
export function report(subject: Subject, tree: Tree, now: Date): readonly SecretRow[] {
  const { generates, hosts, needs, schema } = subject.rules;
  const { wrong, missing } = examine(subject, tree, now);
  const problems = new Map(wrong.map(({ key, problem }) => [key, problem]));
  const lacking = new Set(missing.map(({ key }) => key));
  const hasUser = leavesOf(tree).some(({ path }) => isUser(path));
  const uncovered = hostsWithoutCertificate(hosts, tree);

  const rowOf = (path: Path, description: string, need?: SecretNeed): SecretRow => {
    const key = settingKey(["secrets", ...path]);
    const given = valueAt(tree, path);
    const value = typeof given === "string" ? given : undefined;
    const problem = problems.get(key);
    const end = value === undefined ? undefined : expiry(formAt(path, schema), value);
    const lacksHosts = dotted(path) === "tls.fullchain" && uncovered.length > 0;
    const remark = problem ?? (lacksHosts ? `does not cover ${uncovered.join(", ")}` : undefined);
    return {
      secret: dotted(path),
      state: stateOf(value, problem, lacking.has(key), generates, need),
      form: formAt(path, schema),
      description,
      ...(end !== undefined && { ends: day(end), daysLeft: Math.floor((+end - +now) / DAY_MS) }),
      ...(remark !== undefined && { remark }),
    };
  };

  const needed = needs.filter(({ path }) => !(isUser(path) && hasUser));
  const listed = new Set(needed.map(({ path }) => dotted(path)));
  const others = leavesOf(tree).filter(({ path }) => isPlace(path, schema) && !listed.has(dotted(path)));
  const lost = wrong.filter(
    ({ key }) => ![...leavesOf(tree), ...needed].some(({ path }) => keyOf(path) === key),
  );
  return [
    ...needed.map((need) => rowOf(need.path, need.description, need)),
    ...others.map(({ path }) => rowOf(path, "", isUsed(subject.rules, path) ? { ...NEED, path } : undefined)),
    // What the schema knows no place for.
    ...lost.map(({ key, problem }): SecretRow => {
      const secret = key.replace("packit:secrets.", "");
      return { secret, state: "wrong", form: "password", description: "", remark: problem };
    }),
  ];
}

/** Stands for a need with a name of the user's own. */
const NEED = { form: "password", description: "", optional: true } as const;

function keyOf(path: Path): string {
  return settingKey(["secrets", ...path]);
}

function stateOf(
  value: string | undefined,
  problem: string | undefined,
  isMissing: boolean,
  generates: boolean,
  need: SecretNeed | undefined,
): SecretState {
  if (problem !== undefined) return "wrong";
  if (isMissing) return "missing";
  if (value === undefined) return need?.optional === false && generates ? "made" : "optional";
  if (need === undefined) return "unused";
  return isExample(value) ? "example" : "set";
}

/** Whether a secret is made up for trials, as its text or its certificate's holder says. */
function isExample(value: string): boolean {
  if (
    value === EMPTY_KEYTAB ||
    Buffer.from(value, "base64").includes(EXAMPLE_REALM) ||
    value.startsWith(EXAMPLE_MARK) ||
    value.startsWith(`https://${EXAMPLE_MARK}.`)
  )
    return true;
  if (!value.includes("BEGIN CERTIFICATE")) return false;
  return chainOf(value)[0]?.subject.includes(`CN=${EXAMPLE_MARK} `) === true;
}

function expiry(form: SecretForm, value: string): Date | undefined {
  if (form === "certificate" || form === "certificateAndKey") return endOf(value);
  return form === "password" ? jwtEnd(value) : undefined;
}
