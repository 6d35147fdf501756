import { writeFileSync } from "node:fs";

import { policyReference } from "./markdown";

const FILE = "docs/policy.md";

writeFileSync(FILE, policyReference());
console.log(`wrote ${FILE}`);
