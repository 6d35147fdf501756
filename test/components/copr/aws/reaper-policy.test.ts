import assert from "node:assert/strict";

import { reaperPolicy } from "../../../../components/copr/aws/reaper-policy";
import { anywhere, onInstance, PLACE, RIGHTS, runInstances } from "./resalloc-calls";
import { ACCOUNT, refused, type Call } from "./simulator";

const { key, value } = RIGHTS.tag;
const LOG = "/aws/lambda/copr-stg-reaper";

function logCall(action: string, group: string, stream = ":log-stream:2026/01/01/[$LATEST]0a"): Call {
  return {
    action: `logs:${action}`,
    asked: [{ resource: `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:${group}${stream}` }],
  };
}

describe("rights of the reaper in AWS", () => {
  const document = reaperPolicy(PLACE, RIGHTS.tag, LOG);
  const allows = async (call: Call) => (await refused(document, call)).length === 0;

  it("C26: allow what it does: look, terminate the stack's own builders, write its log", async () => {
    const calls = [
      anywhere("ec2:DescribeInstances"),
      onInstance("TerminateInstances"),
      logCall("CreateLogStream", LOG),
      logCall("PutLogEvents", LOG),
    ];
    for (const call of calls) assert.equal(await allows(call), true, call.action);
  });

  it("S18: refuse builders without the stack's tag, and of other stacks", async () => {
    const strangers: Record<string, string>[] = [
      {},
      { [key]: "organization/packit/copr-prod" },
      { [key]: `${value}2` },
      { [key]: value.toUpperCase() },
      { CoprInstance: value },
    ];
    for (const tags of strangers) {
      assert.equal(await allows(onInstance("TerminateInstances", tags)), false, JSON.stringify(tags));
    }
  });

  it("S18: refuse everything else, also what resalloc may", async () => {
    const calls = [
      runInstances(),
      onInstance("StopInstances"),
      onInstance("ModifyInstanceAttribute"),
      anywhere("ec2:DescribeVolumes"),
      logCall("CreateLogGroup", LOG, ""),
      logCall("DeleteLogStream", LOG),
      logCall("PutLogEvents", "/aws/lambda/copr-prod-reaper"),
      logCall("PutLogEvents", `${LOG}2`),
    ];
    for (const call of calls) assert.equal(await allows(call), false, JSON.stringify(call));
  });
});
