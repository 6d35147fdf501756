import * as pulumi from "@pulumi/pulumi";

type Texts<K extends string> = Record<K, pulumi.Output<string>>;

/** The values of a group, marked secret; undefined when one of them is not given. */
export function whole<K extends string>(
  group: Readonly<Partial<Record<K, string>>> | undefined,
  ...keys: readonly K[]
): Texts<K> | undefined {
  const marked: Partial<Texts<K>> = {};
  for (const key of keys) {
    const value: string | undefined = group?.[key];
    if (value === undefined) return undefined;
    marked[key] = pulumi.secret(value);
  }
  return marked as Texts<K>;
}

/** All values of a map, marked secret; undefined when there are none. */
export function secrets(given: Readonly<Record<string, string>> | undefined): Texts<string> | undefined {
  const keys = Object.keys(given ?? {});
  return keys.length === 0 ? undefined : whole(given, ...keys);
}
