import { whole } from "../../frame/fields";
import { textOf } from "../../frame/values";
import type { Api } from "../api/client";
import { ifThere } from "../api/error";
import { type Kind, textMap } from "../kind";

interface Group {
  readonly logGroupName: string;
  readonly retentionInDays?: number;
}

async function arnOf(api: Api, name: string): Promise<string> {
  return `arn:aws:logs:${api.region}:${await api.account()}:log-group:${name}`;
}

async function setRetention(api: Api, logGroupName: string, days: number): Promise<void> {
  if (days === 0) await api.logs("DeleteRetentionPolicy", { logGroupName });
  else await api.logs("PutRetentionPolicy", { logGroupName, retentionInDays: days });
}

/** Where a program of AWS's writes its lines. */
export const logGroup: Kind = {
  fields: {
    name: { type: "string" },
    namePrefix: { type: "string" },
    // Ten years, AWS's own limit; 0: for ever.
    retentionInDays: { type: "number", default: 0, inPlace: true, wrong: whole(0, 3653) },
  },
  outputs: ["arn"],
  named: { field: "name", prefix: "namePrefix" },
  tag: async (api, id, set, gone) => {
    const resourceArn = await arnOf(api, id);
    if (gone.length > 0) await api.logs("UntagResource", { resourceArn, tagKeys: gone });
    if (Object.keys(set).length > 0) await api.logs("TagResource", { resourceArn, tags: set });
  },
  create: async (api, inputs) => {
    const id = textOf(inputs.name);
    const tags = textMap(inputs.tagsAll);
    await api.logs("CreateLogGroup", {
      logGroupName: id,
      ...(Object.keys(tags).length > 0 && { tags }),
    });
    const days = Number(inputs.retentionInDays);
    if (days > 0) await setRetention(api, id, days);
    return { id };
  },
  read: async (api, id) => {
    const { logGroups } = await api.logs("DescribeLogGroups", { logGroupNamePrefix: id });
    const group = (logGroups as Group[] | undefined)?.find(({ logGroupName }) => logGroupName === id);
    if (group === undefined) return undefined;
    const arn = await arnOf(api, id);
    const found = await ifThere(() => api.logs("ListTagsForResource", { resourceArn: arn }));
    return {
      name: id,
      retentionInDays: group.retentionInDays ?? 0,
      arn,
      tagsAll: (found?.tags ?? {}) as Record<string, string>,
    };
  },
  update: async (api, id, _olds, news) => {
    await setRetention(api, id, Number(news.retentionInDays));
  },
  remove: async (api, id) => {
    await api.logs("DeleteLogGroup", { logGroupName: id });
  },
};
