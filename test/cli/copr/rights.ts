import assert from "node:assert/strict";

import type { PolicyDocument } from "../../../components/copr/aws/policy";
import type { Api } from "../../../local/plugins/aws/api/client";
import {
  type Launch,
  onInstance,
  runInstances,
  tagsAtLaunch,
} from "../../components/copr/aws/resalloc-calls";
import type { Call } from "../../components/copr/aws/simulator";
import type { Start } from "./machines";

/** The policy that a Copr's resalloc has in the account. */
export async function policyOf(api: Api, instance: string): Promise<PolicyDocument> {
  const found = (await api.iam("ListPolicies", { Scope: "Local" })).list("ListPoliciesResult", "Policies");
  const policy = found.find((one) => one.text("PolicyName").replace(/-[0-9a-f]+$/, "") === instance);
  assert.ok(policy, found.map((one) => one.text("PolicyName")).join());
  const version = await api.iam("GetPolicyVersion", {
    PolicyArn: policy.text("Arn"),
    VersionId: policy.text("DefaultVersionId"),
  });
  return JSON.parse(
    decodeURIComponent(version.text("GetPolicyVersionResult", "PolicyVersion", "Document")),
  ) as PolicyDocument;
}

/** The start itself. */
export function launchOf({ image, type, keyName, securityGroup, subnets, tags, spotPrice }: Start): Launch {
  const [subnet = ""] = subnets;
  return { image, type, keyName, securityGroup, subnet, tags, spot: spotPrice !== undefined };
}

/** What a builder's start and end ask of AWS. */
export function callsOf(start: Start): Call[] {
  return [
    runInstances(launchOf(start)),
    tagsAtLaunch(start.tags),
    onInstance("TerminateInstances", start.tags),
  ];
}
