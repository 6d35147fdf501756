/** What is known of how an instance has been used lately. */
export type LastUse =
  | {
      readonly kind: "used";
      /** In milliseconds since 1970. */
      readonly at: number;
    }
  | { readonly kind: "unused" }
  | {
      readonly kind: "unknown";
      /** Why nobody can say. */
      readonly why: string;
    };

/** Nobody has asked for anything. */
export const UNUSED: LastUse = { kind: "unused" };

/** What several say together: one that was used is enough to know, and one that cannot be read to know nothing. */
export function latest(uses: readonly LastUse[]): LastUse {
  const times = uses.flatMap((use) => (use.kind === "used" ? [use.at] : []));
  if (times.length > 0) return { kind: "used", at: Math.max(...times) };
  const whys = new Set(uses.flatMap((use) => (use.kind === "unknown" ? [use.why] : [])));
  return whys.size === 0 ? UNUSED : { kind: "unknown", why: [...whys].sort().join("; ") };
}
