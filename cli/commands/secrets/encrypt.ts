import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import type { ProjectPaths } from "../../paths";
import { partsOf } from "./encrypt/parts";
import { zuulChunks, zuulSecret } from "./encrypt/zuul";
import { readValue } from "./input";
import { writePrivately } from "./private-folder";

export interface EncryptOptions {
  /** File with the public key of a project in Zuul. */
  readonly zuul?: string;
  /** Cut the value into parts for Testing Farm instead. */
  readonly testingFarm: boolean;
  /** Name of the secret, and first part of the names of its parts. */
  readonly name: string;
  /** Name of the value within a secret of Zuul. */
  readonly field: string;
  /** Where the value is read from. @default standard input, or a prompt */
  readonly file?: string;
  /** Folder for the parts. */
  readonly output?: string;
}

/** Makes a value ready for a CI system that keeps secrets in public. */
export async function encrypt(_paths: ProjectPaths, options: EncryptOptions): Promise<number> {
  const { zuul, testingFarm, name, field, file, output } = options;
  if ((zuul === undefined) === !testingFarm) {
    throw new Error("say what for: --zuul PUBLIC_KEY_FILE or --testing-farm");
  }
  if (zuul !== undefined) {
    const key = readFileSync(zuul, "utf8");
    const value = await readValue(field, "password", file);
    process.stdout.write(zuulSecret(name, field, zuulChunks(key, Buffer.from(value))));
    return 0;
  }
  if (output === undefined) {
    throw new Error("the parts are not encrypted yet, so they are not printed: name a folder with --output");
  }
  const folder = resolve(output);
  const parts = partsOf(await readValue(name, "password", file));
  const names = parts.map((_part, index) => `${name}_${index + 1}`);
  writePrivately(
    folder,
    `parts of ${name}`,
    Object.fromEntries(names.map((part, at) => [part, parts[at] ?? ""])),
  );
  console.log(nextSteps(folder, names));
  return 0;
}

/** Testing Farm itself encrypts, for one repository and one token; its command takes the value as an argument. */
function nextSteps(folder: string, names: readonly string[]): string {
  return [
    `${names.length} parts are in ${folder}. For each repository and fork, on a machine of your own:`,
    "",
    ...names.map(
      (name) =>
        `  testing-farm encrypt --git-url URL --token-id ID "$(cat '${folder.replaceAll("'", `'\\''`)}/${name}')"`,
    ),
    "",
    "Put each result under environments.secrets of .testing-farm.yaml, by the part's name; joined in their order they",
    "are the value. Then remove the folder.",
  ].join("\n");
}
