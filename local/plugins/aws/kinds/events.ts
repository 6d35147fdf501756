import { among } from "../../frame/fields";
import { textOf } from "../../frame/values";
import { ifThere } from "../api/error";
import { sameJson } from "../change";
import { given, type Kind, textMap } from "../kind";

/** The bus that schedules run on. */
const bus = { type: "string", default: "default" } as const;

const tagList = (tags: Readonly<Record<string, string>>) =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** When something is to happen: at given times, or when an event fits. */
export const eventRule: Kind = {
  fields: {
    name: { type: "string" },
    namePrefix: { type: "string" },
    eventBusName: bus,
    description: { type: "string", inPlace: true },
    eventPattern: { type: "string", inPlace: true },
    scheduleExpression: { type: "string", inPlace: true },
    roleArn: { type: "string", inPlace: true },
    state: { type: "string", default: "ENABLED", inPlace: true, wrong: among(["ENABLED", "DISABLED"]) },
  },
  outputs: ["arn"],
  named: { field: "name", prefix: "namePrefix" },
  same: { eventPattern: sameJson },
  conflicts: ({ eventPattern, scheduleExpression }) =>
    eventPattern === undefined && scheduleExpression === undefined
      ? ['"scheduleExpression" or "eventPattern" is required']
      : [],
  tag: async (api, id, set, gone) => {
    const { Arn } = await api.events("DescribeRule", { Name: id });
    if (gone.length > 0) await api.events("UntagResource", { ResourceARN: Arn, TagKeys: gone });
    if (Object.keys(set).length > 0)
      await api.events("TagResource", { ResourceARN: Arn, Tags: tagList(set) });
  },
  create: async (api, inputs) => {
    const id = textOf(inputs.name);
    const Tags = tagList(textMap(inputs.tagsAll));
    await api.events("PutRule", { ...ruleOf(inputs), Name: id, ...(Tags.length > 0 ? { Tags } : {}) });
    return { id };
  },
  read: async (api, id, state) => {
    const EventBusName = textOf(state.eventBusName) || "default";
    const rule = await ifThere(() => api.events("DescribeRule", { Name: id, EventBusName }));
    if (rule === undefined) return undefined;
    const { Tags } = await api.events("ListTagsForResource", { ResourceARN: rule.Arn });
    const tags = Array.isArray(Tags) ? (Tags as { Key: string; Value: string }[]) : [];
    const texts = {
      description: rule.Description,
      eventPattern: rule.EventPattern,
      scheduleExpression: rule.ScheduleExpression,
      roleArn: rule.RoleArn,
    };
    const known = Object.entries(texts).filter(
      (pair): pair is [string, string] => typeof pair[1] === "string",
    );
    return {
      ...Object.fromEntries(known.filter(([, text]) => text !== "")),
      name: id,
      eventBusName: EventBusName,
      state: String(rule.State),
      arn: String(rule.Arn),
      tagsAll: Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])),
    };
  },
  update: async (api, id, _olds, news) => {
    await api.events("PutRule", { ...ruleOf(news), Name: id });
  },
  remove: async (api, id, state) => {
    await api.events("DeleteRule", { Name: id, EventBusName: textOf(state.eventBusName) });
  },
};

function ruleOf(inputs: Parameters<Kind["create"]>[1]): Record<string, string | undefined> {
  return {
    EventBusName: given(inputs.eventBusName),
    Description: given(inputs.description),
    EventPattern: given(inputs.eventPattern),
    ScheduleExpression: given(inputs.scheduleExpression),
    RoleArn: given(inputs.roleArn),
    State: given(inputs.state),
  };
}

/** What is called when a rule says so; the id is `<rule>-<target>`. */
export const eventTarget: Kind = {
  fields: {
    rule: { type: "string", required: true },
    eventBusName: bus,
    targetId: { type: "string" },
    arn: { type: "string", required: true, inPlace: true },
    input: { type: "string", inPlace: true },
    inputPath: { type: "string", inPlace: true },
    roleArn: { type: "string", inPlace: true },
  },
  outputs: [],
  named: { field: "targetId" },
  same: { input: sameJson },
  create: async (api, inputs) => {
    await putTarget(api, inputs);
    return { id: `${textOf(inputs.rule)}-${textOf(inputs.targetId)}` };
  },
  read: async (api, _id, state) => {
    const Rule = textOf(state.rule);
    const EventBusName = textOf(state.eventBusName);
    const found = await ifThere(() => api.events("ListTargetsByRule", { Rule, EventBusName }));
    const targets = (Array.isArray(found?.Targets) ? found.Targets : []) as Record<string, string>[];
    const target = targets.find(({ Id }) => Id === state.targetId);
    if (target === undefined) return undefined;
    return {
      arn: target.Arn ?? "",
      ...(target.Input === undefined ? {} : { input: target.Input }),
      ...(target.InputPath === undefined ? {} : { inputPath: target.InputPath }),
      ...(target.RoleArn === undefined ? {} : { roleArn: target.RoleArn }),
    };
  },
  update: async (api, _id, _olds, news) => {
    await putTarget(api, news);
  },
  remove: async (api, _id, state) => {
    const Ids = [textOf(state.targetId)];
    await api.events("RemoveTargets", {
      Rule: textOf(state.rule),
      EventBusName: textOf(state.eventBusName),
      Ids,
    });
  },
};

async function putTarget(...[api, inputs]: Parameters<Kind["create"]>): Promise<void> {
  const target = {
    Id: textOf(inputs.targetId),
    Arn: textOf(inputs.arn),
    Input: given(inputs.input),
    InputPath: given(inputs.inputPath),
    RoleArn: given(inputs.roleArn),
  };
  const answer = await api.events("PutTargets", {
    Rule: textOf(inputs.rule),
    EventBusName: textOf(inputs.eventBusName),
    Targets: [target],
  });
  if (Number(answer.FailedEntryCount ?? 0) > 0) {
    throw new Error(`AWS refuses the target: ${JSON.stringify(answer.FailedEntries)}`);
  }
}
