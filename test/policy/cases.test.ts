import { testCases } from "./cases";
import { CASES } from "./cases/index";

for (const [area, cases] of Object.entries(CASES)) testCases(area, cases);
