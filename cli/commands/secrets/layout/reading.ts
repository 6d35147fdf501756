import type { Path } from "../../../../stacks/settings/tree";

/** A secret that a file holds. */
export interface Taken {
  readonly path: Path;
  readonly value: string;
}

/** What became of one file. Nothing in it shows a value. */
export interface Reading {
  readonly taken: readonly Taken[];
  /** What in it is left out, and why. */
  readonly left?: readonly string[];
  /** What makes it unusable, with the place in the file. */
  readonly problems?: readonly string[];
}

/** Reads one file. @throws Error when it is not of its format; the message holds nothing of the file. */
export type Reader = (content: Buffer) => Reading;

/** Readings put together. */
export function joined(readings: readonly Reading[]): Reading {
  return {
    taken: readings.flatMap(({ taken }) => taken),
    left: readings.flatMap(({ left = [] }) => left),
    problems: readings.flatMap(({ problems = [] }) => problems),
  };
}

/** One value, or why it is not taken: templates were to be filled in, and missing tokens came out as None (D52). */
export function take(where: string, path: Path, value: string): Reading {
  const text = value.trim();
  if (text === "") return { taken: [], left: [`${where} is empty`] };
  if (text.includes("{{")) return { taken: [], problems: [`${where} is a template, and no value`] };
  if (/^(?:None|null|~)$/.test(text)) {
    return { taken: [], problems: [`${where} holds the word ${text}, and no value`] };
  }
  return { taken: [{ path, value: text }] };
}

/** `snake_case` as the settings write it. */
export function camelCase(key: string): string {
  return key.replaceAll(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}
