import { containersOf, POD_MAKERS } from "../../kubernetes";
import { namesSecret, secretIn } from "../../secret-texts";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** A variable's secret comes from a Secret. */
export const envLiteral: ResourceRule = {
  id: "secrets/env-literal",
  title: "No secret is written into a variable",
  why: "everybody who may look at the object reads it, and so does its history",
  fix: "give the variable one key of a Secret",
  severity: "critical",
  kinds: POD_MAKERS,
  covers: ["secrets/env-literal"],
  counterparts: {
    checkov: ["CKV_SECRET_6"],
    kubeLinter: ["env-var-secret"],
    polaris: ["sensitiveContainerEnvVar"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    for (const { name: container = "", env = [] } of containersOf(resource)) {
      for (const { name = "", value = "" } of env) {
        if (isPlain(value) && (namesSecret(name) || secretIn(value) !== undefined))
          yield `variable ${name} of container ${container} is written down`;
      }
    }
  },
};

/** Whether a value says something by itself: not empty, no path, switch or number, and not another variable's. */
function isPlain(value: string): boolean {
  return !/^(?:|\/.*|true|false|\d+|\$\(\w+\))$/.test(value);
}
