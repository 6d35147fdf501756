import { podSpecOf, type Container } from "../../kubernetes";
import { quantityOf } from "../../quantity";
import type { ResourceRule } from "../../rule";
import { DURABLE } from "../../where";

/** Ports of PostgreSQL and of the key-value stores. */
const DATABASES: readonly (number | undefined)[] = [5432, 6379];

/** A database is never killed for others. */
export const guaranteed: ResourceRule = {
  id: "resources/guaranteed",
  title: "A database has all its memory promised",
  why: "the kernel kills it first when the node is short of memory (D16)",
  fix: "set the memory request to the limit",
  severity: "high",
  kinds: ["Deployment", "StatefulSet"],
  covers: ["resources/guaranteed"],
  counterparts: {
    kubeScore: ["container-resource-requests-equal-limits"],
    kyverno: ["memory-requests-equal-limits"],
  },
  holdsIn: DURABLE,
  enforcement: "mandatory",
  *check(resource) {
    const databases = (podSpecOf(resource)?.containers ?? []).filter(isDatabase);
    for (const { name = "", resources } of databases) {
      const { requests, limits } = resources ?? {};
      if (quantityOf(requests?.memory) !== quantityOf(limits?.memory))
        yield `container ${name} is promised ${requests?.memory ?? "no"} memory and may take ${limits?.memory ?? "any"}`;
    }
  },
};

function isDatabase({ ports = [] }: Container): boolean {
  return ports.some(({ containerPort }) => DATABASES.includes(containerPort));
}
