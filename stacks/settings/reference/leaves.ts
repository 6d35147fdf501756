import * as z from "zod";

import { core } from "../coerce";
import type { Path } from "../tree";

/** A setting that holds a value and no further settings. */
export interface Leaf {
  /** Keys; an empty one stands for each entry of a list or map. */
  readonly path: Path;
  readonly schema: z.core.$ZodType;
}

/** Stands in a path for each entry of a list or map. */
export const EACH = "";

/** All values that can be set in a schema, lists both as a whole and by what their entries hold. */
export function leavesOf(schema: z.core.$ZodType, path: Path = []): readonly Leaf[] {
  const type = core(schema);
  if (type instanceof z.ZodObject) {
    return Object.entries(type.shape as Record<string, z.core.$ZodType>).flatMap(([key, field]) =>
      leavesOf(field, [...path, key]),
    );
  }
  const entry = entryOf(type);
  const entries = entry === undefined ? [] : leavesOf(entry, [...path, EACH]);
  return [{ path, schema }, ...entries];
}

/** What the entries of a list or map hold, where these are groups themselves. */
function entryOf(type: z.core.$ZodType): z.core.$ZodType | undefined {
  if (!(type instanceof z.ZodArray)) return undefined;
  return core(type.element) instanceof z.ZodObject ? type.element : undefined;
}
