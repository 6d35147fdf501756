import type { SecretForm } from "../../../../stacks/settings";
import type { Finding } from "../../../../stacks/settings/errors";
import { type Path, settingKey, type Tree } from "../../../../stacks/settings/tree";
import { dotted, leavesOf, type Leaf } from "../leaves";
import { formAt, isPlace } from "../place";
import { commandFor, type Subject } from "../subject";
import { belongsTo, certificateAndKeyProblem, certificateProblem, endOf, keyProblem } from "./certificate";
import { keytabProblem } from "./keytab";
import { day, type Problem } from "./problem";
import { areHalves, sshKeyProblem } from "./ssh";

/** What is wrong with the secrets of a stack. */
export interface Examination<G> {
  readonly given: G;
  /** What cannot be used, by the schema or because it cannot be read. */
  readonly wrong: readonly Finding[];
  /** What is needed and not there. */
  readonly missing: readonly Finding[];
}

/** Checks the secrets of a stack: each by its form, pairs against each other. Values are never told. */
export function examine<G>(subject: Subject<G>, tree: Tree, now: Date): Examination<G> {
  const { rules } = subject;
  const { secrets, findings } = rules.examine({
    values: { secrets: tree },
    secretKeys: new Set(["secrets"]),
  });
  const refused = new Set(findings.map(({ key }) => key));
  const leaves = leavesOf(tree).filter(
    ({ path }) => isPlace(path, rules.schema) && !refused.has(settingKey(["secrets", ...path])),
  );
  const problems = [
    ...leaves.flatMap((leaf) => problemsOf(subject, leaf, now)),
    ...pairProblems(subject, leaves),
  ];
  return {
    given: secrets,
    wrong: [...findings, ...problems.map(finding)],
    missing: findings.length > 0 ? [] : rules.missing(secrets),
  };
}

/** Findings about the purposes of these secrets, and no others. */
export function about(findings: readonly Finding[], paths: readonly Path[]): readonly Finding[] {
  const purposes = paths.map(([purpose = ""]) => settingKey(["secrets", purpose]));
  return findings.filter(({ key }) =>
    purposes.some(
      (purpose) => key === purpose || (key.startsWith(purpose) && /^[.[]/.test(key.slice(purpose.length))),
    ),
  );
}

function problemsOf(subject: Subject, { path, value }: Leaf, now: Date): readonly Problem[] {
  const problem = byForm(formAt(path, subject.rules.schema), value, now);
  return problem === undefined
    ? []
    : [{ path, problem, fix: commandFor(subject, "set", dotted(path), "--file FILE") }];
}

function byForm(form: SecretForm, value: string, now: Date): string | undefined {
  switch (form) {
    case "certificate":
      return certificateProblem(value) ?? endProblem(value, now);
    case "certificateAndKey":
      return certificateAndKeyProblem(value) ?? endProblem(value, now);
    case "privateKey":
      return keyProblem(value);
    case "sshPrivateKey":
      return sshKeyProblem(value);
    case "keytab":
      return keytabProblem(value);
    default:
      return undefined;
  }
}

function endProblem(certificate: string, now: Date): string | undefined {
  const end = endOf(certificate);
  return end !== undefined && end <= now ? `ended on ${day(end)}` : undefined;
}

/** Keys that do not belong to what stands beside them. */
function pairProblems(subject: Subject, leaves: readonly Leaf[]): readonly Problem[] {
  const formOf = ({ path }: Leaf): SecretForm => formAt(path, subject.rules.schema);
  return leaves.flatMap((leaf) => {
    const { path, value } = leaf;
    const beside = leaves.filter((other) => sameGroup(other.path, path));
    const form = formOf(leaf);
    if (form === "privateKey") {
      const own = beside.find((other) => formOf(other) === "certificate" && other.path.at(-1) !== "ca");
      const fits = own === undefined || !areReadable(value, own.value) || belongsTo(value, own.value);
      return fits ? [] : [mismatch(subject, path, own.path)];
    }
    if (form === "sshPublicKey") {
      const own = beside.find((other) => formOf(other) === "sshPrivateKey");
      const fits = own === undefined || sshKeyProblem(own.value) !== undefined || areHalves(own.value, value);
      return fits ? [] : [mismatch(subject, path, own.path)];
    }
    return [];
  });
}

/** What cannot be read is told already. */
function areReadable(key: string, certificate: string): boolean {
  return keyProblem(key) === undefined && certificateProblem(certificate) === undefined;
}

function sameGroup(one: Path, other: Path): boolean {
  return one.length > 1 && dotted(one.slice(0, -1)) === dotted(other.slice(0, -1));
}

function mismatch(subject: Subject, path: Path, other: Path): Problem {
  const both = [other, path].map(dotted);
  return {
    path,
    problem: `does not belong to ${both[0] ?? ""}`,
    fix: `set both at once: ${commandFor(subject, "set", ...both, "--file FILE --file FILE")}`,
  };
}

function finding({ path, problem, fix }: Problem): Finding {
  return { key: settingKey(["secrets", ...path]), problem, fix };
}
