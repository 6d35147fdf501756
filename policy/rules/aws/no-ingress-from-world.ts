import { admissionsOf, INGRESS } from "../../aws/security-group";
import { isWorld } from "../../cidr";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** No port is open to the world. */
export const noIngressFromWorld: ResourceRule = {
  id: "aws/no-ingress-from-world",
  title: "No port is open to the world",
  why: "every scan of the internet finds it, and tries",
  fix: "name the networks that need it",
  severity: "critical",
  kinds: INGRESS,
  covers: ["aws/CKV_AWS_24", "aws/CKV_AWS_25", "aws/CKV_AWS_260", "aws/CKV_AWS_277"],
  counterparts: {
    checkov: ["CKV_AWS_24", "CKV_AWS_25", "CKV_AWS_260", "CKV_AWS_277"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    for (const { networks, ports } of admissionsOf(resource))
      for (const network of networks) if (isWorld(network)) yield `${ports} is open to ${network}`;
  },
};
