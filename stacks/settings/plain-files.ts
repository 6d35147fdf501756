import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, YAMLParseError } from "yaml";

import { SettingsError } from "./errors";
import { settingsFile } from "./fixes";
import { isTree, type Path, type Plain, type Tree } from "./tree";

/** Reads settings files of other stacks. */
export interface SettingsFiles {
  /** Text of a stack's settings file; undefined when it has none. */
  read(stackName: string): string | undefined;
}

/** The settings files in a folder, usually the project's root. */
export function filesIn(folder: string): SettingsFiles {
  return {
    read(stackName) {
      try {
        return readFileSync(join(folder, settingsFile(stackName)), "utf8");
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
        throw error;
      }
    },
  };
}

/** A settings file, read as it lies there. */
export interface PlainFile {
  /** Settings under `packit:`, without those that are encrypted. */
  readonly settings: Tree;
  /** Where something is encrypted. */
  readonly encrypted: readonly Path[];
}

/**
 * Reads a stack's settings without the engine, as a test instance reads those of its base: what is encrypted is
 * left out, and so is `packit:secrets`, which never leaves its stack.
 * @throws SettingsError when the file is no YAML.
 */
export function readPlainFile(files: SettingsFiles, stackName: string): PlainFile {
  const config = configOf(stackName, files.read(stackName) ?? "");
  const encrypted: Path[] = [];
  const settings = Object.entries(config).flatMap(([key, value]) => {
    const name = /^packit:(.+)$/.exec(key)?.[1];
    if (name === undefined || name === "secrets") return [];
    const plain = withoutEncrypted(value, [name], encrypted);
    return plain === undefined ? [] : [[name, plain] as const];
  });
  return { settings: Object.fromEntries(settings), encrypted };
}

function configOf(stackName: string, text: string): Tree {
  try {
    const file: Plain = parse(text);
    return isTree(file) && isTree(file.config) ? file.config : {};
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    throw new SettingsError(stackName, [
      {
        key: settingsFile(stackName),
        problem: "is not YAML",
        seen: error.message.split("\n", 1)[0] ?? "",
        fix: "mend the file; git diff shows what changed",
      },
    ]);
  }
}

/** Drops `secure:` values, which only the engine can read, and notes where they were. */
function withoutEncrypted(value: Plain, path: Path, encrypted: Path[]): Plain {
  if (Array.isArray(value)) {
    return value.map((item, index) => withoutEncrypted(item, [...path, index], encrypted));
  }
  if (!isTree(value)) return value;
  if (typeof value.secure === "string" && Object.keys(value).length === 1) {
    encrypted.push(path);
    return undefined;
  }
  const entries = Object.entries(value).map(
    ([key, item]) => [key, withoutEncrypted(item, [...path, key], encrypted)] as const,
  );
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}
