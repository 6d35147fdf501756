import { BASE_NAMES, parseImage, REPOSITORIES, TEST_BASES, type TestBase } from "../../../stacks/settings";
import { type Finding, formatFinding, SettingsError } from "../../../stacks/settings/errors";
import { stackNameOf } from "../../../stacks/settings/instance-name";
import { parseStackName } from "../../../stacks/settings/names";
import { nearest } from "../../../stacks/settings/nearest";
import {
  parseRef,
  type Reference,
  REFERENCE_FORMS,
  referencesInOrder,
} from "../../../stacks/settings/references";
import { BUILT_IMAGES, type BuiltImage } from "../images/model";
import { lifeFindings } from "./life";
import { readParts, type Parts } from "./parts";
import { shown } from "./shown";

/** What somebody typed after `deploy`. */
export interface DeployWords {
  /** `packit-service=614`. */
  readonly references: readonly string[];
  readonly base: string;
  readonly name?: string;
  /** Components, with commas between them. */
  readonly only?: string;
  readonly ttl?: string;
  readonly reason?: string;
  /** `worker=quay.io/…@sha256:…`. */
  readonly image: readonly string[];
}

/** A test instance that is to be made or updated. */
export interface DeployRequest {
  readonly base: TestBase;
  /** The stack's name. */
  readonly name: string;
  /** In the fixed order, one a repository. */
  readonly references: readonly Reference[];
  /** Which components it has; absent: as it has them now, or as its base does. */
  readonly parts?: Parts;
  /** How long it lives from now on; absent: as its settings say. */
  readonly ttl?: string;
  /** Why it has no end. */
  readonly keep?: string;
  /** Images that are there already and run instead of being built. */
  readonly images: Readonly<Partial<Record<BuiltImage, string>>>;
}

/** Everything that is wrong with what somebody typed, at once. */
export class RequestError extends Error {
  override readonly name = "RequestError";

  constructor(readonly findings: readonly Finding[]) {
    super(
      `${findings.length === 1 ? "1 problem" : `${findings.length} problems`}\n\n${findings.map(formatFinding).join("\n\n")}`,
    );
  }
}

/**
 * Reads what somebody typed.
 * @throws RequestError with everything that is wrong with it.
 */
export function readRequest(words: DeployWords): DeployRequest {
  const findings: Finding[] = [];
  const base = readBase(words.base, findings);
  const references = readReferences(words.references, findings);
  const images = readImages(words.image, findings);
  const parts = words.only === undefined ? undefined : readParts(words.only, findings);
  findings.push(...lifeFindings(words));
  const isRepeated = new Set(references.map(({ repository }) => repository)).size < references.length;
  const name =
    base === undefined || references.length === 0 || isRepeated
      ? undefined
      : nameOf(base, references, words.name, findings);
  if (base === undefined || name === undefined || findings.length > 0) throw new RequestError(findings);
  return {
    base,
    name,
    references,
    images,
    ...(parts !== undefined && { parts }),
    ...(words.ttl !== undefined && { ttl: words.ttl }),
    ...(words.reason !== undefined && { keep: words.reason }),
  };
}

function readBase(word: string, findings: Finding[]): TestBase | undefined {
  const base = TEST_BASES.find((one) => one === word);
  if (base !== undefined) return base;
  const exists = BASE_NAMES.some((one) => one === word);
  const meant = nearest(word, TEST_BASES);
  findings.push({
    key: "--base",
    problem: exists ? "has no test instances" : "is no environment",
    seen: shown(word),
    allowed: TEST_BASES.join(", "),
    fix: meant === undefined || exists ? "choose one of these" : `did you mean --base=${meant}?`,
  });
  return undefined;
}

function readReferences(words: readonly string[], findings: Finding[]): readonly Reference[] {
  if (words.length === 0) {
    findings.push({
      key: "REPO=REF",
      problem: "is missing: nothing says what to run",
      allowed: REFERENCE_FORMS,
      fix: "for example: packit-stacks deploy packit-service=614",
    });
  }
  const read = words.flatMap((word) => readReference(word, findings) ?? []);
  const repositories = read.map(({ repository }) => repository);
  for (const repeated of new Set(repositories.filter((one, index) => repositories.indexOf(one) < index))) {
    findings.push({
      key: repeated,
      problem: "is there twice, and an instance runs one state of its code",
      seen: shown(words.filter((word) => word.startsWith(`${repeated}=`)).join(" ")),
      fix: "keep one of them",
    });
  }
  return referencesInOrder(read);
}

function readReference(word: string, findings: Finding[]): Reference | undefined {
  const [, before = "", text] = /^([^=]*)=(.*)$/s.exec(word) ?? [];
  if (text === undefined) {
    findings.push({
      key: "REPO=REF",
      problem: "has no =",
      seen: shown(word),
      allowed: REFERENCE_FORMS,
      fix: "write packit-service=614",
    });
    return undefined;
  }
  const repository = REPOSITORIES.find((one) => one === before);
  const ref = parseRef(text);
  if (repository === undefined) findings.push(unknownRepository(before));
  if (ref === undefined) {
    findings.push({
      key: repository ?? "REPO=REF",
      problem: "is given no code",
      seen: shown(text),
      allowed: REFERENCE_FORMS,
      fix: `for example: ${repository ?? "packit-service"}=614`,
    });
  }
  return repository === undefined || ref === undefined ? undefined : { repository, ref };
}

function unknownRepository(word: string): Finding {
  const meant = nearest(word, REPOSITORIES);
  return {
    key: "REPO=REF",
    problem: "names no repository whose code can be tested",
    seen: shown(word),
    allowed: REPOSITORIES.join(", "),
    fix: meant === undefined ? "choose one of these" : `did you mean ${meant}?`,
  };
}

function readImages(words: readonly string[], findings: Finding[]): Partial<Record<BuiltImage, string>> {
  const images: Partial<Record<BuiltImage, string>> = {};
  for (const word of words) {
    const [, before = "", source = ""] = /^([^=]*)=(.*)$/s.exec(word) ?? [];
    const image = BUILT_IMAGES.find((one) => one === before);
    if (image !== undefined && parseImage(source)?.digest !== undefined) images[image] = source;
    else
      findings.push({
        key: "--image",
        problem: image === undefined ? "names no image that code goes into" : "has no image with a digest",
        seen: shown(word),
        allowed: `NAME=REGISTRY/REPOSITORY@sha256:<digest>, with ${BUILT_IMAGES.join(", ")} for NAME`,
        fix: "leave it out, and the image is built",
      });
  }
  return images;
}

function nameOf(
  base: TestBase,
  references: readonly Reference[],
  word: string | undefined,
  findings: Finding[],
): string | undefined {
  try {
    if (word === undefined) return stackNameOf(base, references);
    const stack = parseStackName(`${base}-${word}`);
    if (stack.kind === "test-instance" && stack.pulls.length === 0) return stack.name;
    findings.push({
      key: "--name",
      problem: "is how instances of pull requests are called",
      seen: shown(word),
      fix: "leave it out, or choose a word of your own",
    });
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    findings.push(
      ...(word === undefined
        ? error.findings
        : error.findings.map(({ problem }) => ({
            key: "--name",
            problem,
            seen: shown(word),
            allowed: "small letters, in words with hyphens between them, such as retry-storm",
            fix: "choose another, or leave it out",
          }))),
    );
  }
  return undefined;
}
