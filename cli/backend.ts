import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Environment } from "./environment";

/** How long a backend may take to answer one command, in milliseconds. */
const PATIENCE = 30_000;

/** Project of the stack that is made and removed again to find out whether a backend can be written to. */
const PROBE = "packit-stacks-probe";

/** What an engine command printed and how it ended. */
export interface EngineAnswer {
  readonly ok: boolean;
  readonly stdout: string;
  /** Its error, without the engine's prefix; empty when it went well. */
  readonly problem: string;
}

/** Asks the engine something, on no terminal, so that it never waits for an answer. */
export async function ask(
  environment: Environment,
  folder: string,
  args: readonly string[],
): Promise<EngineAnswer> {
  // It has no CommonJS form, so whatever imports this could not be loaded by one.
  const { execa } = await import("execa");
  const result = await execa("pulumi", [...args, "--non-interactive"], {
    cwd: folder,
    env: environment,
    stdin: "ignore",
    reject: false,
    timeout: PATIENCE,
  });
  if (result.timedOut) {
    return { ok: false, stdout: "", problem: `no answer within ${PATIENCE / 1000} s` };
  }
  return {
    ok: result.exitCode === 0,
    stdout: result.stdout,
    problem: result.exitCode === 0 ? "" : errorIn(result.stderr),
  };
}

/** Who the backend takes us for. @throws Error when it does not answer. */
export async function backendUser(environment: Environment, folder: string): Promise<string> {
  const { ok, stdout, problem } = await ask(environment, folder, ["whoami", "--json"]);
  if (!ok) throw new Error(problem);
  return String((JSON.parse(stdout) as { user?: unknown }).user);
}

/**
 * Writes a stack without resources to the backend, and removes it again. This also has the secrets provider encrypt
 * something.
 *
 * @throws Error when one of them does not work.
 */
export async function probeWriting(environment: Environment, secretsProvider: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), `${PROBE}-`));
  try {
    writeFileSync(join(folder, "Pulumi.yaml"), `name: ${PROBE}\nruntime: nodejs\n`);
    const stack = randomBytes(6).toString("hex");
    // Nothing of value is encrypted, so the passphrase need not be the right one.
    const probing = { ...environment, PULUMI_CONFIG_PASSPHRASE: PROBE };
    const init = ["stack", "init", stack, "--no-select", "--secrets-provider", secretsProvider];
    const made = await ask(probing, folder, init);
    if (!made.ok) throw new Error(made.problem);
    const removed = await ask(probing, folder, ["stack", "rm", stack, "--yes", "--remove-backups"]);
    if (!removed.ok) throw new Error(`what was written cannot be removed again: ${removed.problem}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** From the line that begins with `error:` on. */
function errorIn(output: string): string {
  return output
    .slice(Math.max(0, output.search(/^error:/m)))
    .replace(/^error:\s*/, "")
    .trim();
}
