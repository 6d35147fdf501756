import { runSimulation } from "@cloud-copilot/iam-simulate";

import type { PolicyDocument } from "../../../../components/copr/aws/policy";

/** Account of everything in these tests. */
export const ACCOUNT = "123456789012";

/** A key's own policy, without which no other counts: it leaves the decision to the account's policies. */
const KEY_POLICY = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      Action: "kms:*",
      Resource: "*",
    },
  ],
};

/** One resource of a call, with what AWS tells the policy about it. */
export interface Asked {
  readonly resource: string;
  readonly context?: Record<string, string | string[]>;
}

/** Every resource of one call; a call goes through when all of them are allowed. */
export interface Call {
  readonly action: string;
  readonly asked: readonly Asked[];
}

/** Resources for which somebody with this policy alone is refused the call; empty: it goes through. */
export async function refused(document: PolicyDocument, call: Call): Promise<string[]> {
  const outcomes = await Promise.all(
    call.asked.map(async ({ resource, context = {} }) => {
      const outcome = await runSimulation(
        {
          request: {
            principal: `arn:aws:iam::${ACCOUNT}:user/resalloc`,
            action: call.action,
            resource: { resource, accountId: ACCOUNT },
            contextVariables: { ...context, "ec2:Region": "us-east-1" },
          },
          identityPolicies: [{ name: "resalloc", policy: document }],
          serviceControlPolicies: [],
          resourceControlPolicies: [],
          ...(call.action.startsWith("kms:") && { resourcePolicy: KEY_POLICY }),
        },
        { simulationMode: "Strict" },
      );
      if (outcome.resultType === "error") throw new Error(JSON.stringify(outcome.errors));
      // A context key that does not belong to the resource would make a refusal mean nothing.
      const ignored = outcome.resultType === "single" ? (outcome.result.ignoredContextKeys ?? []) : [];
      const strange = ignored.filter((key) => key in context);
      if (strange.length > 0) throw new Error(`${call.action} on ${resource} knows no ${strange.join(", ")}`);
      return outcome.overallResult === "Allowed" ? [] : [resource];
    }),
  );
  return outcomes.flat();
}
