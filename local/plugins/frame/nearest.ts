/** How many letters must be put in, taken out, changed or swapped with their neighbour to get from `a` to `b`. */
export function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      }
      row.push(best);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/** The name in `known` that `name` was probably meant to be, if one is near enough to be worth naming. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const limit = Math.max(2, Math.floor(name.length / 3));
  let best: { name: string; distance: number } | undefined;
  for (const candidate of known) {
    const away = distance(name.toLowerCase(), candidate.toLowerCase());
    if (away <= limit && (best === undefined || away < best.distance))
      best = { name: candidate, distance: away };
  }
  return best?.name;
}

/** `unknown property "lenght": did you mean "length"?` */
export function unknownProperty(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  const hint = near === undefined ? `known are ${[...known].sort().join(", ")}` : `did you mean "${near}"?`;
  return `unknown property "${name}": ${hint}`;
}
