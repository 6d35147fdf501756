import { Api } from "../../../../local/plugins/aws/api/client";
import { readSettings } from "../../../../local/plugins/aws/settings";
import { awsApi } from "../../../support/aws-api";
import { TestStack } from "../support/engine";

/** What a test works with: a stack, and an AWS API server that only this `describe` uses. */
export interface AwsLab {
  readonly stack: TestStack;
  readonly endpoint: string;
  readonly api: Api;
  /** Writes the program: JavaScript that has `aws` and, for each resource, `opts({...})`. */
  readonly write: (program: string, provider?: string) => void;
}

/** Everything that these tests make, as the server lists it. */
const lists = {
  ec2: [
    ...["DescribeKeyPairs", "DescribeSecurityGroups", "DescribeSecurityGroupRules", "DescribeVpcs"],
    ...["DescribeSubnets", "DescribeInternetGateways", "DescribeRouteTables"],
  ],
  iam: ["ListRoles", "ListUsers", "ListInstanceProfiles", "ListOpenIDConnectProviders"],
} as const;

/** What the server holds, as a text that is the same when it holds the same. */
export async function holdings(api: Api): Promise<string> {
  const [rules, logs, functions, policies] = await Promise.all([
    api.events("ListRules", {}),
    api.logs("DescribeLogGroups", {}),
    api.lambda("GET", "/2015-03-31/functions/"),
    api.iam("ListPolicies", { Scope: "Local" }),
    // The first question makes the account's default network, which then stays.
    api.ec2("DescribeVpcs"),
  ]);
  const found = await Promise.all([
    ...lists.ec2.map((action) => api.ec2(action)),
    ...lists.iam.map((action) => api.iam(action)),
  ]);
  const texts = [...found, policies].map((answer) =>
    // Ids of the answers, and how many addresses somebody else's machines have left.
    JSON.stringify(answer).replace(/"[0-9a-f-]{36}"|"[A-Za-z0-9]{52}"|(?<="content":)"4[01]\d\d"/g, '""'),
  );
  return JSON.stringify([rules, logs, functions, texts]);
}

/** Gives the tests of a `describe` a lab, and cleans up after them. */
export function awsLab(): () => AwsLab {
  const endpoint = awsApi();
  let lab: AwsLab | undefined;
  before(() => {
    const stack = new TestStack("copr-dev", "/nonexistent");
    const services = ["ec2", "iam", "sts", "eventbridge", "lambda", "logs"].map((name) => [name, endpoint()]);
    const settings = { region: "us-east-1", endpoints: [Object.fromEntries(services) as object] };
    const api = new Api(
      readSettings({}, { AWS_ENDPOINT_URL: endpoint() }),
      settings.region,
      new AbortController().signal,
    );
    const provider = `
      const aws = require("@pulumi/aws");
      const local = ${JSON.stringify({ ...settings, defaultTags: { tags: { project: "copr" } } })};
      const provider = new aws.Provider("local", local);
      const opts = (more) => ({ provider, ...more });`;
    const write = (program: string, own = provider): void => {
      stack.write(program, own);
    };
    lab = { stack, endpoint: endpoint(), api, write };
  });
  after(() => lab?.stack.close());
  return () => {
    if (lab === undefined) throw new Error("the lab is there for tests and hooks only");
    return lab;
  };
}
