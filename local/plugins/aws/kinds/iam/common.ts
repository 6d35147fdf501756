import { type Plain, textOf } from "../../../frame/values";
import type { Parameter } from "../../api/query";
import type { Xml } from "../../api/xml";
import { type Tagger, textMap } from "../../kind";

/** Puts tags on something of IAM's, and takes others off: `TagRole` with its `RoleName`, and the like. */
export function tagIam(noun: string, key: string): Tagger {
  return async (api, id, set, gone) => {
    if (gone.length > 0) await api.iam(`Untag${noun}`, { [key]: id, TagKeys: gone });
    if (Object.keys(set).length > 0) await api.iam(`Tag${noun}`, { [key]: id, Tags: iamTags(set) });
  };
}

/** Tags as IAM takes them; undefined when there are none. */
export function iamTags(tags: Plain | undefined): Parameter {
  const list = Object.entries(textMap(tags)).map(([Key, Value]) => ({ Key, Value }));
  return list.length === 0 ? undefined : list;
}

/** The tags in an answer of IAM's. */
export function tagsOf(found: Xml): Record<string, string> {
  return Object.fromEntries(found.list("Tags").map((tag) => [tag.text("Key"), tag.text("Value")]));
}

/** A policy in an answer of IAM's, which encodes it as in an address. */
export function policyText(encoded: string): string {
  return decodeURIComponent(encoded);
}

/** A rule for fields: a policy must be JSON. */
export function isPolicy(value: Plain): string | undefined {
  try {
    JSON.parse(textOf(value));
    return undefined;
  } catch {
    return "must be a policy in JSON";
  }
}
