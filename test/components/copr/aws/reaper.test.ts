import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { Reaper, type ReaperArgs } from "../../../../components/copr/aws/reaper";
import { runMocked, type Registered, type Stack } from "../../../support/mocks";
import { RIGHTS } from "./resalloc-calls";

const ARGS: ReaperArgs = {
  mode: "report",
  maxAgeHours: 36,
  maxInstances: 20,
  place: RIGHTS.place,
  tag: RIGHTS.tag,
  code: new pulumi.asset.AssetArchive({ "index.js": new pulumi.asset.StringAsset("exports.handler") }),
  tags: { [RIGHTS.tag.key]: RIGHTS.tag.value },
};

function ofType({ resources }: Stack, type: string): Registered {
  const found = resources.filter((resource) => resource.type === type);
  assert.equal(found.length, 1, type);
  const [only] = found;
  assert.ok(only !== undefined);
  return only;
}

describe("the reaper of builders", () => {
  const made = (args: Partial<ReaperArgs> = {}) =>
    runMocked(() => new Reaper("copr-stg-reaper", { ...ARGS, ...args }));

  it("C26: knows its stack and its limits, and only reports until it is told otherwise", async () => {
    const variables = async (args: Partial<ReaperArgs>) =>
      ofType(await made(args), "aws:lambda/function:Function").inputs.environment;
    const limits = { STACK_TAG: RIGHTS.tag.value, MAX_AGE_SECONDS: "129600", MAX_COUNT: "20" };
    assert.deepEqual(await variables({}), { variables: { ...limits, DRY_RUN: "true" } });
    assert.deepEqual(await variables({ mode: "terminate" }), { variables: { ...limits, DRY_RUN: "false" } });
  });

  it("C26: runs on schedule, and for nobody else", async () => {
    const stack = await made();
    const rule = ofType(stack, "aws:cloudwatch/eventRule:EventRule");
    assert.equal(rule.inputs.scheduleExpression, "rate(15 minutes)");
    const permission = ofType(stack, "aws:lambda/permission:Permission");
    assert.equal(permission.inputs.principal, "events.amazonaws.com");
    const target = ofType(stack, "aws:cloudwatch/eventTarget:EventTarget");
    assert.ok(target.dependencies.some((urn) => urn.includes("permission:Permission")));
  });

  it("has its log before it runs, so that AWS makes none that would stay", async () => {
    const stack = await made();
    const log = ofType(stack, "aws:cloudwatch/logGroup:LogGroup");
    const reaper = ofType(stack, "aws:lambda/function:Function");
    assert.equal(log.inputs.name, `/aws/lambda/${String(reaper.inputs.name)}`);
    assert.ok(reaper.dependencies.some((urn) => urn.includes("logGroup:LogGroup")));
    const { policy } = ofType(stack, "aws:iam/rolePolicy:RolePolicy").inputs;
    assert.doesNotMatch(String(policy), /CreateLogGroup/);
  });

  it("carries the stack's tag wherever there are tags", async () => {
    const { resources } = await made();
    const tagged = resources.filter(({ type }) => /:(?:LogGroup|Role|Function|EventRule)$/.test(type));
    assert.equal(tagged.length, 4);
    for (const { inputs } of tagged) assert.deepEqual(inputs.tags, ARGS.tags);
  });
});
