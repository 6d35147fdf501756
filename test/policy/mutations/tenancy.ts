import { kubernetesObject } from "../../../policy/kubernetes";
import { host } from "../../../policy/rules/tenancy/host";
import { namespace } from "../../../policy/rules/tenancy/namespace";
import { kindOf, pick, type Mutation } from "./mutation";

export const tenancyMutations: readonly Mutation[] = [
  {
    rule: namespace,
    what: "goes into another stack's namespace",
    to: (resource) => kubernetesObject(resource) !== undefined,
    change: ({ inputs }, choice) =>
      (inputs.metadata.namespace = pick(
        ["packit--stg", "packit-dev", "packit-dev-pr-614", "stream-prod", "packit--stg-sandbox", "copr-prod"],
        choice,
      )),
  },
  {
    rule: host,
    what: "takes another stack's host",
    to: (resource) => kindOf(resource) === "Route",
    change: ({ inputs }, choice) =>
      (inputs.spec.host = pick(
        ["stg.packit.dev", "prod.stream.packit.dev", "pr-614.dev.packit.dev"],
        choice,
      )),
  },
];
