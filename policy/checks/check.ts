/** A check that the tools of the field have, in one or several of them. */
export interface Check {
  /** Area and name. */
  readonly id: string;
  readonly title: string;
}

/** Checks of an area, by name. */
export function checksOf(area: string, titles: Readonly<Record<string, string>>): readonly Check[] {
  return Object.entries(titles).map(([name, title]) => ({ id: `${area}/${name}`, title }));
}
