import assert from "node:assert/strict";

import { awsProviders, type AwsAccess } from "../../../../components/copr/aws/providers";
import { runMocked } from "../../../support/mocks";

const KEY = { accessKeyId: "AKIA0", secretAccessKey: "secret" };

describe("the account of AWS that a stack deploys to", () => {
  const inputsOf = async (access: Omit<AwsAccess, "region">) => {
    const { resources } = await runMocked(() => awsProviders("aws", { region: "us-east-1", ...access }));
    return Object.fromEntries(resources.map(({ type, inputs }) => [type.split(":").at(-1), inputs]));
  };

  it("is the same for what is made and for what is swept", async () => {
    const { aws, "packit-fleet": fleet } = await inputsOf({ account: "123456789012", key: KEY });
    const shared = { region: "us-east-1", accessKey: "AKIA0", secretKey: "secret" };
    assert.deepEqual({ ...aws, ...shared }, aws);
    assert.equal(aws?.allowedAccountIds, '["123456789012"]');
    assert.deepEqual(fleet, shared);
  });

  it("comes from a profile, or from AWS's own settings", async () => {
    const { "packit-fleet": fleet } = await inputsOf({ profile: "copr" });
    assert.deepEqual(fleet, { region: "us-east-1", profile: "copr" });
    assert.deepEqual((await inputsOf({}))["packit-fleet"], { region: "us-east-1" });
  });

  it("is on this machine for every service where an address is given", async () => {
    const endpoint = "http://127.0.0.1:5000";
    const { aws, "packit-fleet": fleet } = await inputsOf({ endpoint });
    const [endpoints] = JSON.parse(String(aws?.endpoints)) as Record<string, string>[];
    assert.deepEqual(Object.keys(endpoints ?? {}).sort(), [
      "ec2",
      "eventbridge",
      "iam",
      "lambda",
      "logs",
      "sts",
    ]);
    assert.ok(Object.values(endpoints ?? {}).every((address) => address === endpoint));
    assert.equal(fleet?.endpoint, endpoint);
  });
});
