import type { Case } from "../cases";
import { resourcesCases } from "./resources";

/** The cases of all areas. */
export const CASES: Readonly<Record<string, readonly Case[]>> = {
  resources: resourcesCases,
};
