import { randomBytes, randomUUID } from "node:crypto";

import type { SecretForm } from "../../../stacks/settings";
import type { Path } from "../../../stacks/settings/tree";
import type { ProjectPaths } from "../../paths";
import { progress } from "../../report";
import { readValue } from "./input";
import { keep, type Kept } from "./keep";
import { type Change, dotted } from "./leaves";
import { formAt, parsePlace } from "./place";
import { secretsSubject } from "./subject";

export interface SetOptions {
  readonly local: boolean;
  /** One for each secret, in their order; `-` is standard input. @default standard input, or a prompt */
  readonly file?: readonly string[];
  /** Make values up instead of reading them. */
  readonly generate: boolean;
  /** Check only. */
  readonly dryRun: boolean;
}

/** Sets secrets of a stack; all others stay. Several belong together, such as a certificate and its key. */
export async function set(
  paths: ProjectPaths,
  name: string,
  places: readonly string[],
  options: SetOptions,
): Promise<number> {
  const subject = await secretsSubject(paths, name, options.local);
  const { schema } = subject.rules;
  const wanted = places.map((place) => parsePlace(place, schema));
  checkSources(wanted, options);
  const changes: Change[] = [];
  for (const [index, path] of wanted.entries()) {
    const value = options.generate
      ? generated(path, formAt(path, schema))
      : await readValue(dotted(path), formAt(path, schema), options.file?.[index]);
    changes.push({ path, value });
  }
  const kept = await keep(subject, changes, options);
  tell(name, kept, options.dryRun);
  tellLacking(kept);
  return 0;
}

/** Takes secrets of a stack away. */
export async function unset(
  paths: ProjectPaths,
  name: string,
  places: readonly string[],
  options: { readonly local: boolean; readonly dryRun: boolean },
): Promise<number> {
  const subject = await secretsSubject(paths, name, options.local);
  const changes = places.map((place) => ({
    path: parsePlace(place, subject.rules.schema),
    value: undefined,
  }));
  const kept = await keep(subject, changes, options);
  tell(name, kept, options.dryRun);
  tellLacking(kept);
  return 0;
}

/** Says what the purposes that were touched lack now. */
function tellLacking({ lacking }: Kept): void {
  if (lacking.length > 0) progress(`still missing: ${lacking.join(", ")}`);
}

/** Says what has become of each secret, by name. */
export function tell(stack: string, kept: Kept, dryRun: boolean): void {
  const lines = [
    ["added", kept.added],
    ["changed", kept.changed],
    ["removed", kept.removed],
    ["the same as before", kept.same],
  ] as const;
  for (const [what, names] of lines) {
    if (names.length > 0) console.log(`${stack}: ${dryRun ? "would be " : ""}${what}: ${names.join(", ")}`);
  }
}

function checkSources(wanted: readonly Path[], { file, generate }: SetOptions): void {
  if (generate && file !== undefined) throw new Error("give either --file or --generate");
  if (file !== undefined && file.length !== wanted.length) {
    throw new Error(`${wanted.length} secrets need as many --file options, in the same order`);
  }
  const fromInput = (file ?? wanted.map(() => "-")).filter((name) => name === "-").length;
  if (!generate && !process.stdin.isTTY && fromInput > 1) {
    throw new Error("standard input holds one secret: name files for the others with --file");
  }
}

/** A value nobody has seen. Letters and digits, as some secrets end up in addresses. */
function generated(path: Path, form: SecretForm): string {
  if (form === "uuid") return randomUUID();
  if (form === "password") return randomBytes(24).toString("base64url").replaceAll(/[-_]/g, "x");
  throw new Error(`${dotted(path)} cannot be made up: only passwords and names of queues can`);
}
