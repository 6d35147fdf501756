import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { publicLineOf } from "../checks/ssh";
import { dotted } from "../leaves";
import { MADE_ANEW, READERS } from "./files";
import type { Reading, Taken } from "./reading";

/** What became of a file. */
export interface FileReading extends Required<Reading> {
  readonly file: string;
}

/** What a folder of the old layout holds. */
export interface FolderReading {
  readonly files: readonly FileReading[];
  /** Every secret once. */
  readonly taken: readonly Taken[];
  /** What cannot be used or does not agree, file by file. */
  readonly problems: readonly FileProblem[];
}

export interface FileProblem {
  readonly file: string;
  readonly problem: string;
}

/**
 * Reads all files of a folder, without storing anything.
 *
 * @throws Error when there is no such folder, or nothing in it is a secret.
 */
export function readFolder(folder: string): FolderReading {
  const names = readdirSync(folder).sort();
  const files = names.map((name) => ({ left: [], problems: [], file: name, ...readFile(folder, name) }));
  const taken = new Map<string, Taken & { readonly file: string }>();
  const problems = files.flatMap(({ file, problems: own }) => own.map((problem) => ({ file, problem })));
  for (const { file, taken: own } of files) {
    for (const { path, value } of own) {
      const before = taken.get(dotted(path));
      if (before !== undefined && before.value !== value) {
        const problem = `says something else about ${dotted(path)} than ${before.file}`;
        problems.push({ file, problem });
      }
      taken.set(dotted(path), { path, value, file });
    }
  }
  if (taken.size === 0 && problems.length === 0) {
    throw new Error(
      `${folder} holds no secrets; these files are understood: ${Object.keys(READERS).join(", ")}`,
    );
  }
  return { files, taken: withPublicKey([...taken.values()]), problems };
}

function readFile(folder: string, name: string): Reading {
  const path = join(folder, name);
  const anew = MADE_ANEW[name];
  const reader = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
  if (anew !== undefined) return { taken: [], left: [anew] };
  if (reader === undefined || !statSync(path).isFile()) return { taken: [], left: ["it is not understood"] };
  try {
    return reader(readFileSync(path));
  } catch (error) {
    return { taken: [], problems: [error instanceof Error ? error.message : "it cannot be read"] };
  }
}

/** The public half follows from the private one. */
function withPublicKey(taken: readonly Taken[]): readonly Taken[] {
  const at = (place: string): Taken | undefined => taken.find(({ path }) => dotted(path) === place);
  const own = at("ssh.privateKey");
  const line = own === undefined || at("ssh.publicKey") !== undefined ? undefined : publicLineOf(own.value);
  return line === undefined ? taken : [...taken, { path: ["ssh", "publicKey"], value: line }];
}
