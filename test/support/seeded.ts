/** The same numbers in [0, 1) for the same seed (Lehmer's generator). */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** @param at - From 0 up to, but not, 1. */
export function pick<T>(choices: readonly T[], at: number): T {
  const choice = choices[Math.floor(at * choices.length)];
  if (choice === undefined) throw new Error("nothing to choose from");
  return choice;
}

/** In an order that chance decides. */
export function shuffled<T>(all: readonly T[], random: () => number): readonly T[] {
  const left = [...all];
  return all.map(() => {
    const next = pick(left, random());
    left.splice(left.indexOf(next), 1);
    return next;
  });
}
