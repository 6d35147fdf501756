import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import { referenceFiles } from "./files";

async function main(): Promise<void> {
  for (const [file, content] of Object.entries(await referenceFiles())) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    console.log(`wrote ${file}`);
  }
}

void main();
