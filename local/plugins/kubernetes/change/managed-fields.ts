import { isProperties, type Plain, type PlainProperties } from "../../frame/values";
import { listAt, mapAt, textAt } from "../object";

/** What one field manager owns in an object. */
export interface Owner {
  readonly manager: string;
  readonly operation: string;
  /** Empty for the object itself, such as `status` for a subresource. */
  readonly subresource: string;
  /** Kubernetes' FieldsV1: `f:<field>`, `k:<keys>` and `v:<value>` of list items, `.` for the thing itself. */
  readonly fields: PlainProperties;
}

/** Who owns what in a live object. */
export function owners(live: PlainProperties): Owner[] {
  return listAt(live, "metadata", "managedFields").map((entry) => ({
    manager: textAt(entry, "manager"),
    operation: textAt(entry, "operation"),
    subresource: textAt(entry, "subresource"),
    fields: mapAt(entry, "fieldsV1"),
  }));
}

/** The union of what `all` own. */
export function union(all: readonly PlainProperties[]): PlainProperties {
  const joined: PlainProperties = {};
  for (const fields of all) {
    for (const [key, inner] of Object.entries(fields)) {
      joined[key] = union([mapAt(joined, key), isProperties(inner) ? inner : {}]);
    }
  }
  return joined;
}

/** The keys that tell the items of a list apart, such as `containerPort` and `protocol`; undefined for other lists. */
export function listKeys(fields: PlainProperties): string[] | undefined {
  const entry = Object.keys(fields).find((key) => key.startsWith("k:"));
  return entry === undefined ? undefined : Object.keys(JSON.parse(entry.slice(2)) as PlainProperties);
}

/** Whether the items of a list are apart by their values. */
export function isSet(fields: PlainProperties): boolean {
  return Object.keys(fields).some((key) => key.startsWith("v:"));
}

/** What is owned within the list item `item`. */
export function within(fields: PlainProperties, item: Plain): PlainProperties {
  for (const key of Object.keys(fields)) {
    if (!key.startsWith("k:")) continue;
    const wanted = JSON.parse(key.slice(2)) as PlainProperties;
    // A key that an input leaves to its default, such as a port's protocol, matches any.
    const same = Object.entries(wanted).every(([name, value]) => (mapAt(item)[name] ?? value) === value);
    if (same) return mapAt(fields, key);
  }
  return {};
}
