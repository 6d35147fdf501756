import type { Plain } from "../../../frame/values";
import type { Api } from "../../api/client";
import type { Parameter } from "../../api/query";
import type { Xml } from "../../api/xml";
import { type Tagger, textMap } from "../../kind";

/** Puts tags on what has an id of EC2's, and takes others off. */
export const tagEc2: Tagger = async (api, id, set, gone) => {
  if (gone.length > 0) {
    await api.ec2("DeleteTags", { ResourceId: [id], Tag: gone.map((Key) => ({ Key })) });
  }
  if (Object.keys(set).length > 0) await api.ec2("CreateTags", { ResourceId: [id], Tag: pairs(set) });
};

/** The tags of what is just being made. */
export function tagSpecification(type: string, tags: Plain | undefined): Parameter {
  const wanted = textMap(tags);
  return Object.keys(wanted).length === 0 ? undefined : [{ ResourceType: type, Tag: pairs(wanted) }];
}

function pairs(tags: Readonly<Record<string, string>>): Parameter {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** The tags in an answer of EC2's. */
export function tagsOf(found: Xml): Record<string, string> {
  return Object.fromEntries(found.list("tagSet").map((tag) => [tag.text("key"), tag.text("value")]));
}

/** The name of something of EC2's across all of AWS. */
export async function arn(api: Api, what: string): Promise<string> {
  return `arn:aws:ec2:${api.region}:${await api.account()}:${what}`;
}

/** Filters of a look-up by their names; those without a value are left out. */
export function filterBy(
  wanted: Readonly<Record<string, string | readonly string[] | undefined>>,
): Parameter {
  return Object.entries(wanted).flatMap(([Name, value]) =>
    value === undefined ? [] : [{ Name, Value: typeof value === "string" ? [value] : value }],
  );
}
