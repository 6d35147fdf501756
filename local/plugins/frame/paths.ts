/** Where a value stands in a resource's properties: keys of maps and indexes of lists. */
export type Path = readonly (string | number)[];

/** `["spec", "ports", 0]` as the engine writes it: `spec.ports[0]`; other keys as `metadata.labels["a.b"]`. */
export function formatPath(path: Path): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else if (/^[A-Za-z_$][\w$-]*$/.test(step)) text += text === "" ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}

/** The opposite of {@link formatPath}; `*` stands for every key or index. */
export function parsePath(text: string): Path {
  const path: (string | number)[] = [];
  const step = /\.?([^.[\]]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|\[(\*)\]/gy;
  while (step.lastIndex < text.length) {
    const at = step.lastIndex;
    const match = step.exec(text);
    if (match === null) throw new Error(`"${text}" is no property path (from character ${at + 1})`);
    const [, name, index, quoted, star] = match;
    if (index !== undefined) path.push(Number(index));
    else if (quoted !== undefined) path.push(JSON.parse(`"${quoted}"`) as string);
    else path.push(name ?? star ?? "*");
  }
  return path;
}

/** Whether `path` is `ancestor` or lies below it; `*` in `ancestor` matches any step. */
export function isWithin(path: Path, ancestor: Path): boolean {
  return ancestor.length <= path.length && ancestor.every((step, i) => step === "*" || step === path[i]);
}
