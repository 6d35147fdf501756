import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import type { Command } from "commander";
import { buildSync } from "esbuild";

const ROOT = resolve(__dirname, "../..");

/** Names of all commands of `packit-stacks`: `up`, `secrets status`. */
export function commandNames(): string[] {
  return namesOf(commandTree(), "");
}

let tree: Command | undefined;

/** The command `packit-stacks` itself, with all others below it. */
export function commandTree(): Command {
  return (tree ??= loadTree());
}

function loadTree(): Command {
  const folder = mkdtempSync(join(tmpdir(), "packit-stacks-commands-"));
  try {
    // As it is bundled for use: some of its packages are modules that cannot be required.
    const outfile = join(folder, "program.js");
    buildSync({
      absWorkingDir: ROOT,
      entryPoints: ["cli/program.ts"],
      outfile,
      bundle: true,
      platform: "node",
      format: "cjs",
      external: ["@pulumi/*", "@kubernetes/client-node", "@snyk/*", "esbuild"],
      logLevel: "silent",
    });
    const { program } = createRequire(outfile)(outfile) as { readonly program: Command };
    return program;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function namesOf(command: Command, above: string): string[] {
  return command.commands.flatMap((inner) => {
    const name = `${above} ${inner.name()}`.trim();
    return inner.commands.length > 0 ? namesOf(inner, name) : [name];
  });
}
