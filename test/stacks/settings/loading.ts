import assert from "node:assert/strict";
import { join } from "node:path";

import {
  type Finding,
  filesIn,
  loadSettings,
  loadStack,
  parseStackName,
  requirePackit,
  type Settings,
  SettingsError,
  type SettingsFiles,
  type StackInput,
} from "../../../stacks/settings";
import { readPlainFile } from "../../../stacks/settings/plain-files";

/** Root of the project, with the tracked settings files. */
export const ROOT = join(__dirname, "..", "..", "..");

/** The settings of a tracked file, as the engine hands them over. */
export function tracked(name: string): Readonly<Record<string, unknown>> {
  return readPlainFile(filesIn(ROOT), name).settings;
}

/** What a test says of the stack that it loads. */
export interface Situation {
  /** Values of the stack's own file, by key without `packit:`. */
  readonly values?: Readonly<Record<string, unknown>>;
  /** Text of other stacks' settings files, by stack. Absent: the tracked files. */
  readonly files?: Readonly<Record<string, string>>;
  /** @default false */
  readonly local?: boolean;
  /** @default only `secrets` */
  readonly secretKeys?: readonly string[];
}

/** A stack's settings, as its program gets them. */
export function load(name: string, situation: Situation = {}): Settings {
  return loadSettings(...argumentsOf(name, situation));
}

/** A stack's settings and secrets, as its program gets them. */
export function loadAll(name: string, situation: Situation = {}): StackInput {
  return loadStack(...argumentsOf(name, situation));
}

/** What is wrong with a stack's settings and secrets. */
export function findingsOf(name: string, situation: Situation = {}): readonly Finding[] {
  return findingsIn(() => loadAll(name, situation));
}

/** The one finding about a key. */
export function findingAbout(key: string, name: string, situation: Situation = {}): Finding {
  const about = findingsOf(name, situation).filter((finding) => finding.key === key);
  assert.equal(about.length, 1, `findings about ${key}`);
  return about[0] ?? assert.fail();
}

/** What a SettingsError lists; nothing when none is thrown. */
export function findingsIn(action: () => unknown): readonly Finding[] {
  try {
    action();
    return [];
  } catch (error) {
    assert.ok(error instanceof SettingsError, String(error));
    return error.findings;
  }
}

/** Settings files that are not on disk. */
export function filesOf(files: Readonly<Record<string, string>>): SettingsFiles {
  return { read: (stackName) => files[stackName] };
}

function argumentsOf(
  name: string,
  { values = {}, files, local = false, secretKeys = ["secrets"] }: Situation,
) {
  return [
    requirePackit(parseStackName(name)),
    { values, secretKeys: new Set(secretKeys) },
    files === undefined ? filesIn(ROOT) : filesOf(files),
    { local },
  ] as const;
}
