import type { Area } from "../../rule";
import { keptVolumes } from "./kept-volumes";
import { notDeletedFirst } from "./not-deleted-first";
import { notDeletedWith } from "./not-deleted-with";
import { protectedState } from "./protected";
import { retained } from "./retained";
import { securedFieldsKept } from "./secured-fields-kept";

/** What must not be lost. */
export const state: Area = {
  name: "state",
  title: "What must not be lost",
  rules: [keptVolumes, notDeletedFirst, notDeletedWith, protectedState, retained, securedFieldsKept],
};
