import assert from "node:assert/strict";
import { awsLab, holdings } from "./support";

const program = (hours: number) => `
  const rule = new aws.cloudwatch.EventRule("reaper", {
    name: "reaper", scheduleExpression: "rate(${hours} hours)", description: "every ${hours} hours", tags: { stack: "a${hours}" },
  }, opts());
  new aws.cloudwatch.EventTarget("call", {
    rule: rule.name, arn: "arn:aws:lambda:us-east-1:123456789012:function:reaper",
    input: JSON.stringify({ hours: ${hours}, dryRun: true }),
  }, opts());`;

interface Target {
  readonly Id: string;
  readonly Input: string;
}

describe("the stand-in for aws: schedules, in the real engine", function () {
  this.timeout(180_000);
  const lab = awsLab();
  let empty = "";
  before(async () => {
    empty = await holdings(lab().api);
  });

  it("call their targets with their input", async () => {
    const { stack, write, api } = lab();
    write(program(2));
    await stack.up();
    const rule = await api.events("DescribeRule", { Name: "reaper" });
    assert.deepEqual([rule.ScheduleExpression, rule.State], ["rate(2 hours)", "ENABLED"]);
    const { Targets } = await api.events("ListTargetsByRule", { Rule: "reaper" });
    const [target] = Targets as Target[];
    assert.match(target?.Id ?? "", /^call-[0-9a-f]{7}$/);
    assert.deepEqual(JSON.parse(target?.Input ?? ""), { hours: 2, dryRun: true });
    assert.deepEqual(stack.resource("reaper").outputs.tagsAll, { project: "copr", stack: "a2" });
  });

  it("change in place, and need no change then, also after a refresh", async () => {
    const { stack, write, api } = lab();
    write(program(3));
    assert.match(await stack.up(), /~ 2 updated/);
    assert.equal((await api.events("DescribeRule", { Name: "reaper" })).ScheduleExpression, "rate(3 hours)");
    const { code, output } = await stack.preview("--refresh", "--expect-no-changes");
    assert.equal(code, 0, output);
  });

  it("are replaced when the program names them otherwise", async () => {
    const { stack, write } = lab();
    write(program(3).replace('name: "reaper"', 'name: "other"'));
    const output = await stack.up();
    assert.match(output, /2 replaced/);
    assert.equal(stack.resource("reaper").id, "other");
  });

  it("need a time or an event", async () => {
    const { stack, write } = lab();
    write(`new aws.cloudwatch.EventRule("never", {}, opts());`);
    assert.match((await stack.preview()).output, /"scheduleExpression" or "eventPattern" is required/);
  });

  it("leave nothing behind", async () => {
    const { stack, api } = lab();
    await stack.destroy();
    assert.equal(await holdings(api), empty);
  });
});
