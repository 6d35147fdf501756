import { policy, type PolicyDocument } from "./policy";

/** Which account of a cluster may take a role, where the cluster signs tokens that AWS can check. */
export interface WebIdentity {
  /** ARN of the OpenID Connect provider in IAM that stands for the cluster. */
  readonly provider: string;
  /** The cluster's issuer, with or without `https://`. */
  readonly issuer: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  /**
   * Whom the tokens are made for.
   *
   * @default `sts.amazonaws.com`
   */
  readonly audience?: string;
}

/** Lets one service account of the cluster take the role, and nobody else. */
export function webIdentityTrust(identity: WebIdentity): PolicyDocument {
  const issuer = identity.issuer.replace(/^https:\/\//, "").replace(/\/+$/, "");
  return policy({
    Sid: "ServiceAccount",
    Effect: "Allow",
    Principal: { Federated: identity.provider },
    Action: ["sts:AssumeRoleWithWebIdentity"],
    Condition: {
      StringEquals: {
        // Without the subject, every account of the cluster could take it.
        [`${issuer}:sub`]: `system:serviceaccount:${identity.namespace}:${identity.serviceAccount}`,
        [`${issuer}:aud`]: identity.audience ?? "sts.amazonaws.com",
      },
    },
  });
}

/** Lets a service of AWS take the role, for example `lambda.amazonaws.com`. */
export function serviceTrust(service: string): PolicyDocument {
  return policy({
    Sid: "Service",
    Effect: "Allow",
    Principal: { Service: service },
    Action: ["sts:AssumeRole"],
  });
}
