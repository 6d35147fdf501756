import { isTree, type Path, type Plain, type Tree } from "../../../stacks/settings/tree";

/** One secret with its value. */
export interface Leaf {
  readonly path: Path;
  readonly value: string;
}

/** How users write a secret's place: `tls.privkey`, `forgeTokens.src.fedoraproject.org`. */
export function dotted(path: Path): string {
  return path.join(".");
}

/** Every secret of a tree. */
export function leavesOf(tree: Plain, path: Path = []): readonly Leaf[] {
  if (!isTree(tree)) {
    // Somebody may have stored a number; everything else than text is the schema's to refuse.
    return path.length === 0 || tree === undefined ? [] : [{ path, value: textOf(tree) }];
  }
  return Object.entries(tree).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

function textOf(value: Plain): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The tree of these secrets. */
export function treeOf(leaves: readonly Leaf[]): Tree {
  const tree: Record<string, Plain> = {};
  for (const { path, value } of leaves) {
    let branch = tree;
    for (const step of path.slice(0, -1)) {
      const inner = branch[step];
      branch = branch[step] = isTree(inner) ? inner : {};
    }
    branch[path.at(-1) ?? ""] = value;
  }
  return tree;
}

/** The tree with other values, and without those that are undefined. */
export function changed(tree: Tree, changes: readonly Change[]): Tree {
  const touched = new Set(changes.map(({ path }) => dotted(path)));
  const kept = leavesOf(tree).filter(({ path }) => !touched.has(dotted(path)));
  const given = changes.flatMap(({ path, value }) => (value === undefined ? [] : [{ path, value }]));
  return treeOf([...kept, ...given]);
}

/** A secret's new value; undefined takes it away. */
export interface Change {
  readonly path: Path;
  readonly value: string | undefined;
}
