import { type Repository, TEST_BASES, type TestBase } from "../../../stacks/settings";
import {
  parseRef,
  type Reference,
  REFERENCE_FORMS,
  referencesInOrder,
} from "../../../stacks/settings/references";
import { REPOSITORIES } from "../../../stacks/settings/pulls";
import { duration } from "../../../stacks/settings/schema/values";

/** What a comment can ask for. */
export type CommentCommand =
  | {
      readonly verb: "deploy";
      /** The environment that everything else comes from; undefined: the usual one. */
      readonly base?: TestBase;
      /** What runs beside the pull request itself, in the repositories' fixed order. */
      readonly references: readonly Reference[];
      readonly ttl?: string;
    }
  | { readonly verb: "destroy" }
  | { readonly verb: "extend"; readonly ttl?: string }
  | { readonly verb: "logs"; readonly component?: string }
  | { readonly verb: "wake" };

/** What a comment says: nothing for us, a command, or one that is written wrong. */
export type ReadComment =
  | { readonly kind: "none" }
  | { readonly kind: "command"; readonly command: CommentCommand }
  | { readonly kind: "wrong"; readonly problems: readonly string[] };

/** The commands as they are written, for answers and documents. */
export const COMMENT_FORMS = [
  "/packit-deploy [--base=BASE] [--ttl=TTL] [REPO=REF …]",
  "/packit-destroy",
  "/packit-extend [TTL]",
  "/packit-logs [COMPONENT]",
  "/packit-wake",
] as const;

const VERB = /^\/packit-(deploy|destroy|extend|logs|wake)(?=[ \t]|$)/;

/** The longest line that is read; every repository with a long branch fits. */
const MAX_LINE = 2000;
const MAX_SHOWN = 40;

/** A component's name: words of small letters, whatever components there are. */
const COMPONENT = /^[a-z]{1,20}(?:-[a-z]{1,20}){0,3}$/;

type Verb = CommentCommand["verb"];

/**
 * Reads the first line of a comment that begins with a command, to the letter: nothing is trimmed before it, put in
 * small letters or normalised, so that a look-alike is no command. What it gives holds only what a grammar admits.
 *
 * @param body - The comment as GitHub has it, at any length.
 * @param own - The repository that the pull request is of, which runs in any case.
 */
export function readComment(body: string, own: Repository): ReadComment {
  const line = body.split(/\r\n|\n|\r/).find((candidate) => VERB.test(candidate));
  const verb = line === undefined ? undefined : (VERB.exec(line)?.[1] as Verb);
  if (line === undefined || verb === undefined) return { kind: "none" };
  if (line.length > MAX_LINE) return wrong([`the command is longer than ${MAX_LINE} characters`]);
  const words = line
    .slice(`/packit-${verb}`.length)
    .split(/[ \t]+/)
    .filter((word) => word !== "");
  return READERS[verb](words, own);
}

type Reader = (words: readonly string[], own: Repository) => ReadComment;

const READERS: Readonly<Record<Verb, Reader>> = {
  deploy: readDeploy,
  destroy: alone("destroy"),
  extend: ([ttl, ...more]) => {
    if (more.length > 0) return wrong(["`/packit-extend` takes one time at most"]);
    if (ttl === undefined) return command({ verb: "extend" });
    return isTtl(ttl) ? command({ verb: "extend", ttl }) : wrong([wrongTtl(ttl)]);
  },
  logs: ([component, ...more]) => {
    if (more.length > 0) return wrong(["`/packit-logs` takes one component at most"]);
    if (component === undefined) return command({ verb: "logs" });
    if (COMPONENT.test(component)) return command({ verb: "logs", component });
    return wrong([`${shown(component)} is no component: write a name such as \`api\` or \`dashboard\``]);
  },
  wake: alone("wake"),
};

function alone(verb: "destroy" | "wake"): Reader {
  return ([first]) =>
    first === undefined
      ? command({ verb })
      : wrong([`\`/packit-${verb}\` takes nothing, not ${shown(first)}`]);
}

function readDeploy(words: readonly string[], own: Repository): ReadComment {
  const problems: string[] = [];
  const references = new Map<Repository, Reference>();
  let base: TestBase | undefined;
  let ttl: string | undefined;
  for (const word of words) {
    const [, name = "", value = ""] = /^([^=]*)=(.*)$/.exec(word) ?? [];
    const repository = REPOSITORIES.find((known) => known === name);
    if (name === "--base" && base === undefined) {
      base = TEST_BASES.find((known) => known === value);
      if (base === undefined) problems.push(`${shown(word)}: the base is one of ${listed(TEST_BASES)}`);
    } else if (name === "--ttl" && ttl === undefined) {
      if (isTtl(value)) ttl = value;
      else problems.push(wrongTtl(value));
    } else if (repository === undefined) {
      problems.push(
        `${shown(word)} is not understood: write REPO=REF, and REPO is one of ${listed(REPOSITORIES)}`,
      );
    } else if (repository === own) {
      problems.push(`${shown(word)}: \`${own}\` runs this very pull request, so leave it out`);
    } else if (references.has(repository)) {
      problems.push(`\`${repository}\` is named twice`);
    } else {
      const ref = parseRef(value);
      if (ref !== undefined) references.set(repository, { repository, ref });
      else problems.push(`${shown(word)}: write ${REFERENCE_FORMS}`);
    }
  }
  if (problems.length > 0) return wrong(problems);
  return command({
    verb: "deploy",
    references: referencesInOrder([...references.values()]),
    ...(base !== undefined && { base }),
    ...(ttl !== undefined && { ttl }),
  });
}

function command(read: CommentCommand): ReadComment {
  return { kind: "command", command: read };
}

function wrong(problems: readonly string[]): ReadComment {
  return { kind: "wrong", problems };
}

function isTtl(text: string): boolean {
  return duration.safeParse(text).success;
}

function wrongTtl(text: string): string {
  return `${shown(text)} is no time: write hours or days, such as \`3h\` or \`7d\` (for ever only by the command line)`;
}

function listed(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(", ");
}

/** What somebody wrote, so that it can stand in an answer: on one line, plain ASCII, short, and no Markdown. */
function shown(word: string): string {
  const plain = word.slice(0, MAX_SHOWN).replace(/[^A-Za-z0-9./:=_-]/g, "?");
  return `\`${plain}${word.length > MAX_SHOWN ? "…" : ""}\``;
}
