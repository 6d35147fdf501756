import assert from "node:assert/strict";

import { webIdentityTrust } from "../../../../components/copr/aws/trust";

describe("trust in a cluster's tokens", () => {
  const identity = {
    provider: "arn:aws:iam::123456789012:oidc-provider/oidc.example.org/id/1",
    issuer: "https://oidc.example.org/id/1/",
    namespace: "copr-stg",
    serviceAccount: "copr-resalloc",
  };
  const trusted = (audience: string) => ({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ServiceAccount",
        Effect: "Allow",
        Principal: { Federated: identity.provider },
        Action: ["sts:AssumeRoleWithWebIdentity"],
        Condition: {
          StringEquals: {
            "oidc.example.org/id/1:sub": "system:serviceaccount:copr-stg:copr-resalloc",
            "oidc.example.org/id/1:aud": audience,
          },
        },
      },
    ],
  });

  it("S18: is in one service account, for one audience", () => {
    assert.deepEqual(webIdentityTrust(identity), trusted("sts.amazonaws.com"));
  });

  it("takes another audience", () => {
    assert.deepEqual(webIdentityTrust({ ...identity, audience: "openshift" }), trusted("openshift"));
  });
});
