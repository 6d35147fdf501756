import { containersOf, POD_MAKERS } from "../../kubernetes";
import type { ResourceRule } from "../../rule";

/** A test instance never claims to be production. */
export const testDeployment: ResourceRule = {
  id: "tenancy/test-deployment",
  title: "A test instance never claims to be production",
  why: "it answers the same comments as production does, and every user gets everything twice",
  fix: "leave DEPLOYMENT at dev",
  severity: "critical",
  kinds: POD_MAKERS,
  holdsIn: ["test"],
  enforcement: "mandatory",
  *check(resource) {
    for (const { name = "", env = [] } of containersOf(resource)) {
      for (const variable of env)
        if (variable.name === "DEPLOYMENT" && ["stg", "prod"].includes(variable.value ?? ""))
          yield `container ${name} works as ${variable.value ?? ""}`;
    }
  },
};
