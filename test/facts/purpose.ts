import { NONE, OBJECT, type Deviation } from "./compare";
import { page, tablesBelow } from "./markdown";

/** A deviation that the documentation explains. */
export interface Explained extends Deviation {
  readonly why: string;
}

/**
 * Deviations that `docs/defects.md` lists as changed on purpose. A row names one object or several; a star stands
 * for all of a kind, but for those that are gone.
 *
 * @param objects - Kinds and names that a star may stand for.
 */
export function changedOnPurpose(objects: readonly string[]): Explained[] {
  const rows = tablesBelow(page("defects.md"), "Changed on purpose");
  const gone = rows.flatMap(({ Object: named = "", Field: field, Is: is }) =>
    field === OBJECT && is === NONE ? named.split(", ") : [],
  );
  const compared = objects.filter((object) => !gone.includes(object));
  return rows.flatMap((row) => {
    const { Object: named = "", Field: field = "", Was: was = "", Is: is = "", Why: why = "" } = row;
    return named
      .split(", ")
      .flatMap((name) => matching(name, compared))
      .map((object) => ({ object, field, was, is, why }));
  });
}

function matching(name: string, objects: readonly string[]): string[] {
  if (!name.endsWith("/*")) return [name];
  return objects.filter((object) => object.startsWith(name.slice(0, -1)));
}

/** A row for the table, to be completed with the reason. */
export function tableRow({ object, field, was, is }: Deviation): string {
  const cells = [object, field, was, is].map((text) =>
    text === NONE ? text : `\`${text.replaceAll("|", String.raw`\|`)}\``,
  );
  return `| ${cells.join(" | ")} |  |`;
}
