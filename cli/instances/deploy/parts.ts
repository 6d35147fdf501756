import { components } from "../../../stacks/settings/schema/components";
import type { Finding } from "../../../stacks/settings/errors";
import { nearest } from "../../../stacks/settings/nearest";
import { shown } from "./shown";

/** A component that can be left out, as `packit:components` calls it. */
export type Part = keyof typeof components.shape;

/** Whether each of those components is there; `as-base`: as the base has them. */
export type Parts = Readonly<Record<Part, boolean>> | "as-base";

const PARTS = Object.keys(components.shape) as readonly Part[];

/** What no instance works without. Naming them says that nothing else is wanted. */
const ALWAYS = ["api", "worker"];

/** Asks for what the base has. */
const ALL = "all";

/** Reads `worker,dashboard`: everything else is off. */
export function readParts(words: string, findings: Finding[]): Parts | undefined {
  const wanted = words.split(",").map((word) => word.trim());
  if (wanted.length === 1 && wanted[0] === ALL) return "as-base";
  const known: readonly string[] = [...ALWAYS, ...PARTS];
  const unknown = wanted.filter((word) => !known.includes(word));
  for (const word of unknown) {
    const meant = nearest(word, [...known, ALL]);
    findings.push({
      key: "--only",
      problem: "names no component",
      seen: shown(word),
      allowed: `${known.join(", ")}; or ${ALL}, for what the base has`,
      fix: meant === undefined ? "choose from these" : `did you mean ${meant}?`,
    });
  }
  if (unknown.length > 0) return undefined;
  return Object.fromEntries(PARTS.map((part) => [part, wanted.includes(part)])) as Record<Part, boolean>;
}

/** What is said of each component in the settings; undefined: nothing, so that the base's say counts. */
export function partSettings(parts: Parts): readonly (readonly [Part, string | undefined])[] {
  return PARTS.map((part) => [part, parts === "as-base" ? undefined : String(parts[part])]);
}
