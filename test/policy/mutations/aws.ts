import { described } from "../../../policy/rules/aws/described";
import { iamNoOpenTrust } from "../../../policy/rules/aws/iam-no-open-trust";
import { iamNoWildcards } from "../../../policy/rules/aws/iam-no-wildcards";
import { noIngressFromWorld } from "../../../policy/rules/aws/no-ingress-from-world";
import type { Draft } from "../real";
import { kindOf, pick, type Mutation } from "./mutation";

interface Document {
  Statement: Record<string, unknown>[];
}

/** Changes a statement of a policy's text. */
function inStatement(field: "policy" | "assumeRolePolicy", change: (choice: number) => object) {
  return ({ inputs }: Draft, choice: number): void => {
    const document = JSON.parse(String(inputs[field])) as Document;
    Object.assign(pick(document.Statement, choice), change(choice));
    inputs[field] = JSON.stringify(document);
  };
}

/** What Copr's production has in AWS. */
export const awsMutations: readonly Mutation[] = [
  {
    rule: noIngressFromWorld,
    what: "lets the world in",
    to: (resource) => kindOf(resource) === "SecurityGroupIngressRule",
    change: ({ inputs }, choice) => {
      Object.assign(
        inputs,
        pick([{ cidrIpv4: "0.0.0.0/0" }, { cidrIpv4: undefined, cidrIpv6: "::/0" }], choice),
      );
      inputs.fromPort = inputs.toPort = pick([22, 80, 3389, 9000], choice >> 1);
    },
  },
  {
    rule: noIngressFromWorld,
    what: "has a rule of its own for the world",
    to: (resource) => kindOf(resource) === "SecurityGroup",
    change: ({ inputs }, choice) =>
      (inputs.ingress = [
        pick(
          [
            { protocol: "-1", cidrBlocks: ["0.0.0.0/0"] },
            { protocol: "tcp", ipv6CidrBlocks: ["::/0"] },
          ],
          choice,
        ),
      ]),
  },
  {
    rule: described,
    what: "says nothing",
    change: ({ inputs }, choice) =>
      (inputs.description = pick([undefined, "", " ", "Managed by Pulumi"], choice)),
  },
  {
    rule: iamNoWildcards,
    what: "allows more than it names",
    to: ({ inputs }) => typeof inputs.policy === "string",
    change: inStatement("policy", (choice) =>
      pick(
        [
          { Action: "*" },
          { Action: ["ec2:*"] },
          { Action: ["iam:Pass*"] },
          { Action: undefined, NotAction: ["iam:*"] },
          { Resource: undefined, NotResource: ["arn:aws:s3:::packit"] },
          { Action: ["ec2:TerminateInstances"], Resource: "*", Condition: undefined },
        ],
        choice,
      ),
    ),
  },
  {
    rule: iamNoOpenTrust,
    what: "trusts everybody",
    change: inStatement("assumeRolePolicy", (choice) =>
      pick(
        [
          { Principal: "*" },
          { Principal: { AWS: "*" } },
          { Principal: { AWS: ["*"] } },
          { Principal: { Federated: "arn:aws:iam::1:oidc-provider/x" }, Condition: undefined },
        ],
        choice,
      ),
    ),
  },
];
