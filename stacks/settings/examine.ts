import type * as z from "zod";

import { coerceTree } from "./coerce";
import type { Finding } from "./errors";
import { type Layer, withoutWritten } from "./layers";
import type { StackName } from "./names";
import type { Rule } from "./rules/rule";
import { type Path, settingKey, valueAt } from "./tree";
import { foreignFile, type Located, validate, type Wording } from "./validate";

/** Whose settings are examined, and how. */
export interface Circumstances<S extends StackName> extends Wording {
  readonly stack: S;
  /** Whether the stack goes to the local control plane by request (`LOCAL=1`). */
  readonly local: boolean;
}

/** What layers of settings come to. */
export interface ExaminedLayers<W> {
  /** Absent when too much is wrong to say what the rest would be. */
  readonly written?: W;
  /** Values that are wrong by themselves. */
  readonly wrong: readonly Located[];
  /** Rules that the rest breaks. */
  readonly broken: readonly Finding[];
}

/**
 * Settings of any program: each value by itself, then what several must be to each other.
 *
 * @param schema - What can be set.
 * @param layers - The defaults, then what the files say.
 * @param rules - In the order in which their findings are told.
 */
export function examineLayers<T extends z.core.$ZodType, S extends StackName>(
  schema: T,
  layers: readonly Layer[],
  rules: readonly Rule<S, z.output<T>>[],
  circumstances: Circumstances<S>,
): ExaminedLayers<z.output<T>> {
  const coerced = layers.map(({ settings, ...layer }) => ({
    ...layer,
    settings: coerceTree(schema, settings),
  }));
  const { stack, local } = circumstances;
  const { written, wrong } = examineValues(schema, coerced, circumstances);
  if (written === undefined) return { wrong, broken: [] };
  const broken = rules.flatMap((rule) => rule({ stack, written, local, isWritten: isWritten(coerced) }));
  return {
    written,
    wrong,
    broken: broken.map(({ path, ...finding }) => ({
      key: settingKey(path),
      ...foreignFile(stack, coerced, path),
      ...finding,
    })),
  };
}

/** Each value by itself; what is wrong is then left to the defaults, so that the rules can look at the rest. */
function examineValues<T extends z.core.$ZodType>(
  schema: T,
  layers: readonly Layer[],
  wording: Wording,
): { readonly written?: z.output<T>; readonly wrong: readonly Located[] } {
  const checked = validate(schema, layers, wording);
  if ("data" in checked) return { written: checked.data, wrong: [] };
  const mended = withoutWritten(
    layers,
    checked.wrong.map(({ path }) => path),
  );
  const again = validate(schema, mended, wording);
  return { ...("data" in again && { written: again.data }), wrong: checked.wrong };
}

function isWritten(layers: readonly Layer[]): (path: Path) => boolean {
  return (path) =>
    layers.some((layer) => layer.file !== undefined && valueAt(layer.settings, path) !== undefined);
}
