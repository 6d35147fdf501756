import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";

import { type Document, isMap, parse, parseDocument, stringify } from "yaml";

import { isTree, type Plain, type Tree } from "../../../stacks/settings/tree";
import { inParallel } from "../../in-parallel";
import { SECRETS_KEY } from "../../stack-files";
import { type Engine, engineFor } from "./engine";
import { type Change, changed, leavesOf, type Leaf } from "./leaves";
import type { Subject } from "./subject";

/** What says how a settings file is encrypted. */
const KEYS_OF_ENCRYPTION = ["secretsprovider", "encryptedkey", "encryptionsalt"] as const;

/** The key under which a scratch file holds one secret. */
const SCRATCH_KEY = "packit:value";

/** The secrets of a stack in plain text, as they are stored. They stay in this process. */
export async function readSecrets(subject: Subject): Promise<Tree> {
  if (!existsSync(subject.file)) return {};
  const { config } = (parse(readFileSync(subject.file, "utf8")) ?? {}) as { config?: Record<string, Plain> };
  if (config?.[SECRETS_KEY] === undefined) return {};
  const engine = await engineFor(subject);
  const secrets = JSON.parse(await engine(["config", "get", SECRETS_KEY])) as Plain;
  return isTree(secrets) ? secrets : {};
}

/**
 * Changes secrets of a stack and leaves everything else in its file as it is. Each secret is encrypted by itself,
 * so that git shows which ones a commit changes. All changes happen at once or none.
 *
 * @param stored - All secrets as {@link readSecrets} gave them.
 * @throws Error when the file changed meanwhile.
 */
export async function storeSecrets(
  subject: Subject,
  stored: Tree,
  changes: readonly Change[],
): Promise<void> {
  const engine = await engineFor(subject);
  const { file } = subject;
  const before = existsSync(file) ? readFileSync(file, "utf8") : "";
  const document = parseDocument(before);
  const place = ["config", SECRETS_KEY];
  const group = document.getIn(place);
  // All in one, as older files have them, or as nothing at all: each gets a place of its own.
  const isWhole = !isMap(group) || group.has("secure");
  const wanted = isWhole ? leavesOf(changed(stored, changes)) : changes.filter(isLeaf);
  const { values, keys } = await encryptAll(subject, engine, keysOf(document.toJS()), wanted);

  if (isWhole) document.setIn(place, document.createNode({}));
  else removeFrom(document, changes);
  wanted.forEach(({ path }, index) => {
    document.setIn([...place, ...path], document.createNode({ secure: values[index] }));
  });
  for (const [key, value] of Object.entries(keys)) document.set(key, value);

  if (existsSync(file) && readFileSync(file, "utf8") !== before) {
    throw new Error(`${file} was changed meanwhile: nothing is stored, try again`);
  }
  replaceFile(file, document.toString({ lineWidth: 0 }));
}

function removeFrom(document: Document, changes: readonly Change[]): void {
  for (const { path } of changes) {
    const place = ["config", SECRETS_KEY, ...path];
    if (document.hasIn(place)) document.deleteIn(place);
  }
}

function isLeaf(change: Change): change is Leaf {
  return change.value !== undefined;
}

type Keys = Readonly<Record<string, string>>;

function keysOf(file: Plain): Keys {
  const entries = KEYS_OF_ENCRYPTION.map((key) => [key, isTree(file) ? file[key] : undefined] as const);
  return Object.fromEntries(
    entries.filter((entry): entry is [never, string] => typeof entry[1] === "string"),
  );
}

/** Encrypts some values, a few at a time: for each the engine derives the key anew, which takes a third of a second. */
async function encryptAll(
  subject: Subject,
  engine: Engine,
  keys: Keys,
  leaves: readonly Leaf[],
): Promise<{ readonly values: readonly string[]; readonly keys: Keys }> {
  const [first, ...rest] = leaves;
  if (first === undefined) return { values: [], keys };
  // A file without a salt gets one with its first secret, which the others have to share.
  const one = await encrypt(subject, engine, keys, first.value);
  const others = await inParallel(rest, availableParallelism(), async ({ value }) => {
    const { value: encrypted } = await encrypt(subject, engine, one.keys, value);
    return encrypted;
  });
  return { values: [one.value, ...others], keys: one.keys };
}

/** Lets the engine encrypt a value, in a file of its own under the keys of the stack's file. */
async function encrypt(
  { paths }: Subject,
  engine: Engine,
  keys: Keys,
  value: string,
): Promise<{ readonly value: string; readonly keys: Keys }> {
  mkdirSync(paths.stacks, { recursive: true });
  const scratch = join(paths.stacks, `secret-${randomUUID()}.yaml`);
  try {
    writeFileSync(scratch, stringify(keys), { mode: 0o600 });
    await engine(["config", "set", "--secret", "--config-file", scratch, SCRATCH_KEY], value);
    const made = parse(readFileSync(scratch, "utf8")) as { config: Record<string, { secure: string }> };
    const secure = made.config[SCRATCH_KEY]?.secure;
    if (secure === undefined) throw new Error("the engine has not encrypted a secret: nothing is stored");
    return { value: secure, keys: keysOf(made) };
  } finally {
    rmSync(scratch, { force: true });
  }
}

/** Replaces a file at once, so that nobody ever reads half of it. */
function replaceFile(file: string, content: string): void {
  const mode = existsSync(file) ? statSync(file).mode & 0o777 : 0o600;
  const beside = `${file}.${process.pid}.new`;
  writeFileSync(beside, content, { mode });
  renameSync(beside, file);
}
