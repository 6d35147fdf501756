import { displayName } from "../kinds";
import type { Action, Change, Plan } from "../plan";
import { plain } from "../text";
import type { Colours } from "./text";

/** Most fields of a change that are named. */
const MOST = 4;

/** What a deployment would change, a line each, and the sums as the engine gives them. */
export function changesText({ changes }: Plan, colours: Colours): string {
  const signs: Readonly<Partial<Record<Action, string>>> = {
    create: colours.green("+ "),
    update: colours.yellow("~ "),
    replace: colours.red("+-"),
    delete: colours.red("- "),
  };
  const lines = changes.flatMap((change) => {
    const sign = signs[change.action];
    return sign === undefined ? [] : [` ${sign} ${plain(displayName(change))}${fields(change, colours)}`];
  });
  return [...lines, ...(lines.length > 0 ? [""] : []), "Resources:", ...sums(changes)].join("\n");
}

function fields({ action, differences, replaceReasons }: Change, { dim }: Colours): string {
  if (action !== "update" && action !== "replace") return "";
  const paths = differences.map(({ path }) => plain(path));
  const named =
    action === "replace" && replaceReasons.length > 0 ? replaceReasons.map((path) => plain(path)) : paths;
  // A secret that changes looks the same before and after.
  if (named.length === 0) return dim("  a hidden value");
  const more = named.length > MOST ? ` and ${named.length - MOST} more` : "";
  return dim(`  ${named.slice(0, MOST).join(", ")}${more}`);
}

function sums(changes: readonly Change[]): string[] {
  const words = [
    ["create", "+ ", "to create"],
    ["update", "~ ", "to update"],
    ["replace", "+-", "to replace"],
    ["delete", "- ", "to delete"],
    ["same", "", "unchanged"],
  ] as const;
  return words.flatMap(([action, sign, text]) => {
    const count = changes.filter((change) => change.action === action).length;
    return count === 0 ? [] : [`    ${sign === "" ? "" : `${sign.trim()} `}${count} ${text}`];
  });
}
