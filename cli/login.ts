import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import * as z from "zod";

const loginSchema = z.strictObject({
  backend: z.string().min(1),
  secretsProvider: z.string().min(1),
  passphraseFile: z.string().min(1).exactOptional(),
});

/** Where a checkout keeps the state of shared stacks, and by what their secrets are encrypted. */
export interface Login {
  /** Address of the backend, such as `s3://bucket?region=us-east-1`. Holds no credentials. */
  readonly backend: string;
  /** `passphrase`, or the address of a key such as `awskms://alias/packit?region=us-east-1`. */
  readonly secretsProvider: string;
  /** Absolute path of a file that holds the passphrase. The passphrase itself is never remembered. */
  readonly passphraseFile?: string;
}

/** The secrets provider that needs no service. */
export const PASSPHRASE = "passphrase";

/**
 * The login that a file holds; undefined when there is none.
 *
 * @throws Error when the file is not what {@link writeLogin} writes.
 */
export function readLogin(file: string): Login | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return loginSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    throw new Error(
      `${file} is damaged: run \`npx packit-stacks logout\`, then \`npx packit-stacks login\` again`,
    );
  }
}

/** Remembers a login, readable by its owner only. */
export function writeLogin(file: string, login: Login): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.new`;
  writeFileSync(draft, `${JSON.stringify(login, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

/** @returns whether there was one. */
export function forgetLogin(file: string): boolean {
  const known = existsSync(file);
  rmSync(file, { force: true });
  return known;
}
