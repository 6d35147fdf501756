import { overlay, type Path, type Tree, valueAt, without } from "./tree";

/** Settings from one place, the defaults or a file. */
export interface Layer {
  /** Where they are from, for error messages: `Pulumi.stg.yaml`. Absent for the defaults. */
  readonly file?: string;
  readonly settings: Tree;
}

/** All layers in one, later ones over earlier ones. */
export function flatten(layers: readonly Layer[]): Tree {
  return layers.reduce<Tree>((merged, layer) => overlay(merged, layer.settings), {});
}

/** The file that a value is from: the last that sets it or anything in it. */
export function fileOf(layers: readonly Layer[], path: Path): string | undefined {
  return layers.findLast((layer) => valueAt(layer.settings, path) !== undefined)?.file;
}

/** The layers without what the files say at these paths, so that the defaults stand there. */
export function withoutWritten(layers: readonly Layer[], paths: readonly Path[]): readonly Layer[] {
  return layers.map((layer) =>
    layer.file === undefined
      ? layer
      : { file: layer.file, settings: paths.reduce<Tree>(without, layer.settings) },
  );
}
