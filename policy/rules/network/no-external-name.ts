import { serviceType } from "../../cluster/service";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** No Service is a name for something else. */
export const noExternalName: ResourceRule = {
  id: "network/no-external-name",
  title: "No Service is a name for something else",
  why: "whoever changes that name's record gets the requests and what is in them",
  fix: "leave the type ClusterIP and publish a host instead",
  severity: "high",
  kinds: ["Service"],
  covers: ["network/exposed"],
  counterparts: {
    kyverno: ["restrict-external-names"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    if (serviceType(resource) === "ExternalName") yield "its type is ExternalName";
  },
};
