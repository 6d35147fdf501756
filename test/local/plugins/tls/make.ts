import assert from "node:assert/strict";
import { checkFields, withDefaults } from "../../../../local/plugins/frame/fields";
import type { PlainProperties } from "../../../../local/plugins/frame/values";
import { kinds } from "../../../../local/plugins/tls/kinds";

/** The type token of a kind such as `PrivateKey`. */
export function token(type: string): string {
  return `tls:index/${type[0]?.toLowerCase() ?? ""}${type.slice(1)}:${type}`;
}

/** Makes a resource as the plugin does and gives its outputs. */
export async function make(type: string, inputs: PlainProperties): Promise<Record<string, string>> {
  const kind = kinds[token(type)];
  assert.ok(kind !== undefined);
  assert.deepEqual(checkFields(inputs, kind.fields), []);
  return (await kind.make(withDefaults(inputs, kind.fields))).outputs as Record<string, string>;
}
