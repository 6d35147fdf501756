import type { Rule } from "./rule";
import { noLatest } from "./rules/images/no-latest";
import { pinned } from "./rules/images/pinned";
import { limits } from "./rules/resources/limits";
import { protectedState } from "./rules/state/protected";

/** All rules. The policy pack and the guard run these same functions. */
export const RULES: readonly Rule[] = [noLatest, pinned, limits, protectedState];
