import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { build } from "esbuild";

import { judge, type Verdict } from "../../../policy/gate/judge";
import { parsePreview } from "../../../policy/gate/parse";
import { launcherOf } from "../../../tools/setup/plugins";
import { projectRoot } from "../../../tools/setup/project";
import { TestStack } from "../../local/plugins/support/engine";

const ROOT = projectRoot();
const FLAGS = ["--json", "--show-sames", "--show-replacement-steps"];

/** Builders' firewall, and what their machines would be made of if the stack itself made them. */
const program = (network: string, tokens: string): string => `
  require("tsx/cjs");
  const aws = require("@pulumi/aws");
  const { BuilderFirewall } = require("${ROOT}/components/copr/aws/builder-firewall");
  const provider = new aws.Provider("aws", { region: "us-east-1" });
  new BuilderFirewall("copr", { vpc: "vpc-1", clusterEgress: ["192.0.2.10/32", "${network}"], tags: {} }, { provider });
  new aws.ec2.LaunchTemplate("machine", { metadataOptions: { httpTokens: "${tokens}" } }, { provider });
`;

/** The engine and the AWS classes are real; the plugin answers with what it is asked, and there is no AWS. */
describe("the gate on changes of machines in AWS, in the real engine", function () {
  this.timeout(120_000);
  let stack: TestStack;

  before(async () => {
    stack = new TestStack("copr-prod", "/nonexistent");
    const entry = `
      import { version } from "@pulumi/aws/package.json";
      import { doNothing } from "./bench/do-nothing/provider";
      import { serve } from "./local/plugins/frame/serve";
      serve(doNothing("aws", version));`;
    const outfile = join(stack.folder, "plugin.js");
    const stdin = { contents: entry, resolveDir: ROOT, loader: "ts" } as const;
    await build({ stdin, outfile, bundle: true, platform: "node", target: "node20", logLevel: "silent" });
    const launcher = join(stack.folder, "pulumi-resource-aws");
    writeFileSync(launcher, launcherOf(outfile), { mode: 0o755 });
    writeFileSync(
      join(stack.folder, "Pulumi.yaml"),
      "name: packit\nruntime: nodejs\nmain: index.js\nplugins:\n  providers:\n    - { name: aws, path: . }\n",
    );
    stack.write(program("192.0.2.11/32", "required"), "");
    await stack.up();
  });
  after(() => {
    stack.close();
  });

  async function verdict(network: string, tokens: string): Promise<Verdict> {
    stack.write(program(network, tokens), "");
    const { code, output } = await stack.preview(...FLAGS);
    assert.equal(code, 0, output);
    return judge(parsePreview(Buffer.from(output)), stack.name);
  }

  it("finds a door that is opened and a machine that answers anybody", async () => {
    const { findings, outcome } = await verdict("0.0.0.0/0", "optional");
    assert.equal(outcome, "unsafe");
    assert.deepEqual(findings.map(({ rule, resource }) => `${rule} ${resource}`).sort(), [
      "aws/imds LaunchTemplate/machine",
      "network/open SecurityGroupIngressRule/copr-ssh-0.0.0.0/0",
    ]);
  });

  it("passes the safe twin of each", async () => {
    const { findings, errors, outcome, counts } = await verdict("198.51.100.7/32", "required");
    assert.deepEqual([findings, errors, outcome], [[], [], "safe"]);
    assert.ok(counts.create === 1 && counts.delete === 1, JSON.stringify(counts));
  });
});
