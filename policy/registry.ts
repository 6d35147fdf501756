import type { Area, Rule } from "./rule";
import { images } from "./rules/images";
import { resources } from "./rules/resources";
import { state } from "./rules/state";

/** What the rules are about, in the order of the documentation. */
export const AREAS: readonly Area[] = [images, resources, state];

/** All rules. The policy pack and the guard run these same functions. */
export const RULES: readonly Rule[] = AREAS.flatMap(({ rules }) => rules);
