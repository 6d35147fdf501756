import { SettingsError } from "./errors";
import { nearest } from "./nearest";
import { isShortened, labelOf, type Pull, pullsOf, REPOSITORIES, type Repository } from "./pulls";

/** What the applications get as `DEPLOYMENT`; Packit's code knows no other. */
export type Deployment = "dev" | "stg" | "prod";

/** Which program builds a stack. */
export type Program = "packit" | "copr";

interface BaseFacts {
  readonly program: Program;
  readonly deployment: Deployment;
  /** Whether pull requests can be tested on it. */
  readonly testInstances: boolean;
}

const BASES = {
  dev: { program: "packit", deployment: "dev", testInstances: true },
  stg: { program: "packit", deployment: "stg", testInstances: true },
  prod: { program: "packit", deployment: "prod", testInstances: true },
  "stream-stg": { program: "packit", deployment: "stg", testInstances: false },
  "stream-prod": { program: "packit", deployment: "prod", testInstances: false },
  "source-git-stg": { program: "packit", deployment: "stg", testInstances: false },
  "source-git-prod": { program: "packit", deployment: "prod", testInstances: false },
  "fedora-ci-stg": { program: "packit", deployment: "stg", testInstances: true },
  "fedora-ci-prod": { program: "packit", deployment: "prod", testInstances: false },
  "copr-dev": { program: "copr", deployment: "dev", testInstances: false },
  "copr-stg": { program: "copr", deployment: "stg", testInstances: false },
  "copr-prod": { program: "copr", deployment: "prod", testInstances: false },
} as const satisfies Record<string, BaseFacts>;

/** Name of an environment. */
export type Base = keyof typeof BASES;

/** Name of an environment on which pull requests can be tested. */
export type TestBase = { [B in Base]: (typeof BASES)[B]["testInstances"] extends true ? B : never }[Base];

/** All environments. */
export const BASE_NAMES = Object.keys(BASES) as readonly Base[];

/** Environments on which pull requests can be tested. */
export const TEST_BASES = BASE_NAMES.filter((base): base is TestBase => BASES[base].testInstances);

/** The repository whose pull requests are called `pr-<number>` on a base. */
const OWN_REPOSITORIES: Readonly<Record<TestBase, Repository>> = {
  dev: "packit-service",
  stg: "packit-service",
  prod: "packit-service",
  "fedora-ci-stg": "fedora-ci",
};

/** A long-lived environment, whose settings file is tracked. */
export type EnvironmentName = { [P in Program]: EnvironmentOf<P> }[Program];

interface EnvironmentOf<P extends Program> {
  readonly kind: "environment";
  readonly name: BaseOf<P>;
  readonly base: BaseOf<P>;
  readonly program: P;
  readonly deployment: Deployment;
  readonly pulls: readonly [];
}

type BaseOf<P extends Program> = { [B in Base]: (typeof BASES)[B]["program"] extends P ? B : never }[Base];

/** An instance for pull requests, which takes its settings from its base. */
export interface TestInstanceName {
  readonly kind: "test-instance";
  readonly name: string;
  readonly base: TestBase;
  /** The name without its base, for example `pr-614`. */
  readonly label: string;
  readonly program: "packit";
  /** A test instance never claims to be stg or prod, whatever its base. */
  readonly deployment: "dev";
  /** Those that the name lists, in the fixed order; empty when it is a free or shortened label (see `packit:pulls`). */
  readonly pulls: readonly Pull[];
}

/** A stack's name, read. */
export type StackName = EnvironmentName | TestInstanceName;

/** A stack that the Packit program builds. */
export type PackitStackName = Extract<StackName, { readonly program: "packit" }>;

/** A stack that the Copr program builds. */
export type CoprStackName = Extract<StackName, { readonly program: "copr" }>;

/**
 * Longest name of a stack. Its longest derived name is the sandbox namespace on the managed platform,
 * `packit--<name>-sandbox`, which Kubernetes limits to 63 characters.
 */
export const MAX_STACK_NAME = 63 - "packit--".length - "-sandbox".length;

/** Words that a label may not begin with, since hosts of other instances begin with them. */
const HOST_PREFIXES = /^(?:dashboard|workers)(?:$|-[a-z])/;
const FREE_LABEL = /^[a-z]+(?:-[a-z]+)*$/;

/** What a stack may be called, as shown to whoever gave another name. */
export const GRAMMAR = [
  `an environment:   ${BASE_NAMES.join(", ")}`,
  `a test instance:  <base>-pr-<number>            a pull request of packit-service, or of fedora-ci on fedora-ci-stg`,
  `                  <base>-<repository>-<number>  of another, or several: dev-dashboard-614, stg-packit-service-800-ogr-123`,
  `                  <base>-<label>                a word of your own, with the pull requests in packit:pulls`,
  `where <base> is ${TEST_BASES.join(", ")} and <repository> one of`,
  `                  ${REPOSITORIES.join(", ")}`,
].join("\n");

/**
 * Reads a stack's name.
 * @throws SettingsError for anything that the grammar does not allow, with the grammar in its message.
 */
export function parseStackName(name: string): StackName {
  if (isBase(name)) {
    const { program, deployment } = BASES[name];
    const environment = { kind: "environment", name, base: name, program, deployment, pulls: [] as const };
    return Object.freeze(environment as EnvironmentName);
  }
  const base = TEST_BASES.find((candidate) => name.startsWith(`${candidate}-`));
  if (base === undefined) throw wrongName(name, "no stack has this name", nearest(name, BASE_NAMES));
  const label = name.slice(base.length + 1);
  const pulls = pullsOf(label, OWN_REPOSITORIES[base]);
  if (pulls !== undefined) {
    if (hasTwoOfOne(pulls)) throw wrongName(name, ONE_A_REPOSITORY);
    const canonical = stackNameFor(base, pulls);
    if (canonical !== name) throw wrongName(name, whyNotCanonical(base, pulls), canonical);
  } else {
    checkLabel(name, base, label);
  }
  return testInstance(name, base, label, pulls ?? []);
}

/**
 * Name of the test instance that runs these pull requests on a base.
 * @throws SettingsError when there are none, or two of one repository.
 */
export function stackNameFor(base: TestBase, pulls: readonly Pull[]): string {
  if (pulls.length === 0 || hasTwoOfOne(pulls)) {
    const listed = pulls.map((pull) => `${pull.repository}=${pull.number}`).join(" ");
    throw wrongName(listed === "" ? "no pull request" : listed, ONE_A_REPOSITORY);
  }
  return `${base}-${labelOf(pulls, MAX_STACK_NAME - base.length - 1, OWN_REPOSITORIES[base])}`;
}

const ONE_A_REPOSITORY = "a test instance runs at least one pull request, and one a repository";

function hasTwoOfOne(pulls: readonly Pull[]): boolean {
  return new Set(pulls.map((pull) => pull.repository)).size < pulls.length;
}

/** What the applications of an environment get as `DEPLOYMENT`. */
export function deploymentOf(base: Base): Deployment {
  return BASES[base].deployment;
}

function isBase(name: string): name is Base {
  return Object.hasOwn(BASES, name);
}

function testInstance(name: string, base: TestBase, label: string, pulls: readonly Pull[]): TestInstanceName {
  return Object.freeze({
    kind: "test-instance",
    name,
    base,
    label,
    program: "packit",
    deployment: "dev",
    pulls: Object.freeze(pulls),
  });
}

function checkLabel(name: string, base: TestBase, label: string): void {
  if (name.length > MAX_STACK_NAME)
    throw wrongName(name, `it has ${name.length} characters, and ${MAX_STACK_NAME} are the most`);
  if (isShortened(label)) return;
  const numbered = /^(.*?)-?([0-9]+)(?:-|$)/.exec(label);
  if (numbered !== null) {
    const [, word = "", digits = ""] = numbered;
    throw wrongName(name, `"${label}" is no list of pull requests`, meant(base, word, Number(digits)));
  }
  if (!FREE_LABEL.test(label)) throw wrongName(name, `"${label}" is not made of words of small letters`);
  if (/^pr(?:-|$)/.test(label)) throw wrongName(name, "it lacks the pull request's number");
  if (/(?:^|-)sandbox$/.test(label))
    throw wrongName(name, "its namespace would be another stack's sandbox namespace");
  if (HOST_PREFIXES.test(label)) throw wrongName(name, "its host would be another stack's host");
}

function meant(base: TestBase, word: string, number: number): string | undefined {
  const close = nearest(word, REPOSITORIES);
  const repository = /^p?r?$/.test(word)
    ? OWN_REPOSITORIES[base]
    : REPOSITORIES.find((known) => known === close);
  return repository === undefined || number === 0 ? undefined : stackNameFor(base, [{ repository, number }]);
}

function whyNotCanonical(base: TestBase, pulls: readonly Pull[]): string {
  return pulls.length === 1
    ? `a pull request of ${OWN_REPOSITORIES[base]} has a shorter name`
    : "the pull requests are out of order or too many";
}

function wrongName(name: string, problem: string, suggestion?: string): SettingsError {
  return new SettingsError(name, [
    {
      key: "stack name",
      problem,
      seen: name,
      allowed: GRAMMAR,
      fix: suggestion === undefined ? "choose a name from this grammar" : `did you mean ${suggestion}?`,
    },
  ]);
}
