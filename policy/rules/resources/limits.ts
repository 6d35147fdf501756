import { containersOf } from "../../kubernetes";
import { EVERYWHERE, type Rule } from "../../rule";

/** Every container says how much processor time and memory it needs and may take. */
export const limits: Rule = {
  id: "resources/limits",
  title: "Every container has requests and limits",
  why: "without them one container can starve its node, and the namespace's quota refuses the pod",
  fix: "set requests and limits of cpu and memory for the component in the settings",
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    for (const { name = "", resources = {} } of containersOf(resource)) {
      const missing = (["requests", "limits"] as const).flatMap((bound) =>
        ["cpu", "memory"]
          .filter((kind) => resources[bound]?.[kind] === undefined)
          .map((kind) => `${bound}.${kind}`),
      );
      if (missing.length > 0) yield `container ${name} lacks ${missing.join(", ")}`;
    }
  },
};
