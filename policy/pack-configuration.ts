import type { PolicyConfigSchema } from "@pulumi/policy";

import { defaultConfiguration, type Configuration, type Rule } from "./rule";

/** What `--policy-pack-config` says of the rules that one policy carries: `registries.registries`. */
export type PackConfiguration = Configuration;

/** How the engine checks and fills in the configuration of rules. */
export function packSchema(rules: readonly Rule[]): PolicyConfigSchema {
  const properties = rules.flatMap((rule) =>
    Object.entries(rule.configuration ?? {}).map(([name, { description, default: value }]) => [
      keyOf(rule, name),
      typeof value === "number"
        ? { type: "number", description, default: value }
        : { type: "array", items: { type: "string" }, description, default: [...value] },
    ]),
  );
  return { properties: Object.fromEntries(properties) as PolicyConfigSchema["properties"] };
}

/** The configuration of one rule among those. */
export function packConfiguration(rule: Rule, all: PackConfiguration): Configuration {
  const entries = Object.entries(defaultConfiguration(rule)).map(([name, value]) => [
    name,
    all[keyOf(rule, name)] ?? value,
  ]);
  return Object.fromEntries(entries) as Configuration;
}

function keyOf({ id }: Rule, name: string): string {
  return `${id.slice(id.indexOf("/") + 1)}.${name}`;
}
