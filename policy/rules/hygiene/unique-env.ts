import { containersOf, POD_MAKERS } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** A variable is given once. */
export const uniqueEnv: ResourceRule = {
  id: "hygiene/unique-env",
  title: "A variable is given once",
  why: "which of the two counts depends on who applies it",
  fix: "keep one of them",
  severity: "medium",
  kinds: POD_MAKERS,
  covers: ["hygiene/duplicate-variable"],
  counterparts: {
    kubeLinter: ["duplicate-env-var"],
    kubeScore: ["environment-variable-key-duplication"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    for (const { name = "", env = [] } of containersOf(resource)) {
      const names = env.map((variable) => variable.name ?? "");
      const twice = new Set(names.filter((one, index) => names.indexOf(one) < index));
      for (const one of twice) yield `container ${name} has ${one} twice`;
    }
  },
};
