import { parseDocument } from "yaml";

import { isTree, type Tree } from "../../../../stacks/settings/tree";

/**
 * Reads YAML with every value as the text that stands there: a password of digits is no number, and one that reads
 * `yes` no switch (D52).
 *
 * @throws Error with the place of a mistake, and nothing of the text.
 */
export function yamlText(content: Buffer): Tree {
  // A key that is there twice would leave it to chance which one counts (D53).
  const document = parseDocument(content.toString("utf8"), { schema: "failsafe", uniqueKeys: true });
  const [error] = document.errors;
  if (error !== undefined) {
    const line = error.linePos?.[0].line ?? 1;
    throw new Error(
      error.code === "DUPLICATE_KEY" ? `line ${line} repeats a key` : `line ${line} is not YAML`,
    );
  }
  const tree: unknown = document.toJS();
  if (tree === null || tree === "") return {};
  if (!isTree(tree)) throw new Error("is no map of names to values");
  return tree;
}
