import { KEEP_ANNOTATION, TTL_ANNOTATION } from "../../../components/platform/test-bounds";
import { SeenObjects } from "../../cluster/objects";
import { kubernetesObject } from "../../kubernetes";
import type { StackRule } from "../../rule";

/** A test instance has a time to live, a quota and limits. */
export const testLimits: StackRule = {
  id: "tenancy/test-limits",
  title: "A test instance has a time to live, a quota and limits",
  why: "forgotten ones pile up, and one of them takes the whole cluster",
  fix: "leave them to the test instance's program",
  severity: "high",
  kinds: ["Namespace", "Project", "TenantNamespace"],
  holdsIn: ["test"],
  enforcement: "mandatory",
  *checkInStack(resource, stack) {
    const objects = SeenObjects.of(stack);
    const { name, kind, namespace = "" } = objects.object(resource);
    // On the managed platform the tenant's prefix is that of the namespace which the request is made in.
    const made = kind === "TenantNamespace" ? namespace.replace(/config$/, name) : name;
    const { annotations = {} } = kubernetesObject(resource)?.metadata ?? {};
    const ttl = annotations[TTL_ANNOTATION] ?? "";
    if (ttl === "never" && (annotations[KEEP_ANNOTATION] ?? "") === "")
      yield `its annotation ${TTL_ANNOTATION} is never, and none says why (${KEEP_ANNOTATION})`;
    else if (ttl !== "never" && !DURATION.test(ttl))
      yield `its annotation ${TTL_ANNOTATION} says no time to live`;
    for (const wanted of ["ResourceQuota", "LimitRange"]) {
      const inside = objects
        .ofKind(wanted)
        .some((one) => one.namespace === undefined || one.namespace === made);
      if (!inside) yield `it has no ${wanted}`;
    }
  },
};

const DURATION = /^[1-9]\d*[mhd]$/;
