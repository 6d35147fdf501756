import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import { referenceFiles } from "./files";

for (const [file, content] of Object.entries(referenceFiles())) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  console.log(`wrote ${file}`);
}
