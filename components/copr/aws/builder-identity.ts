import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { PolicyDocument } from "./policy";
import { webIdentityTrust, type WebIdentity } from "./trust";

/** How resalloc shows AWS who it is. */
export type Credentials =
  | { readonly kind: "role"; readonly roleArn: pulumi.Output<string> }
  | {
      readonly kind: "key";
      readonly accessKeyId: pulumi.Output<string>;
      /** Secret. */
      readonly secretAccessKey: pulumi.Output<string>;
    };

export interface BuilderIdentityArgs {
  /** What it may do. */
  readonly policy: pulumi.Input<PolicyDocument>;
  /** Where the cluster's tokens count: then there is no key that could leak. */
  readonly webIdentity?: WebIdentity;
  readonly tags: Readonly<Record<string, string>>;
}

/** Who resalloc is in AWS: a role that its service account takes, else a user with a key. */
export class BuilderIdentity extends pulumi.ComponentResource {
  readonly credentials: Credentials;

  /** @param name - What the names in IAM begin with. */
  constructor(name: string, args: BuilderIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:copr:BuilderIdentity", name, {}, opts);
    const { tags, webIdentity } = args;
    const child = { parent: this };
    // A user's own policies may have 2048 characters together, which a handful of subnets exceeds.
    const policy = new aws.iam.Policy(
      name,
      { description: "Builders of one Copr", policy: pulumi.jsonStringify(args.policy), tags },
      child,
    );
    if (webIdentity === undefined) {
      const user = new aws.iam.User(name, { tags }, child);
      new aws.iam.UserPolicyAttachment(name, { user: user.name, policyArn: policy.arn }, child);
      const key = new aws.iam.AccessKey(name, { user: user.name }, child);
      this.credentials = {
        kind: "key",
        accessKeyId: key.id,
        secretAccessKey: pulumi.secret(key.secret),
      };
    } else {
      const assumeRolePolicy = JSON.stringify(webIdentityTrust(webIdentity));
      const role = new aws.iam.Role(name, { assumeRolePolicy, tags }, child);
      new aws.iam.RolePolicyAttachment(name, { role: role.name, policyArn: policy.arn }, child);
      this.credentials = { kind: "role", roleArn: role.arn };
    }
    this.registerOutputs();
  }
}
