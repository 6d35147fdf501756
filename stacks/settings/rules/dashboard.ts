import { dashboardBackends } from "../dashboard-backends";
import { placementOf } from "../placement";
import type { Rule } from "./rule";

/** Users tell the services of a dashboard apart by each of their traits. */
export const backendsAreDistinct: Rule = ({ stack, written }) => {
  const host = written.hosts.api ?? placementOf(stack).hosts.api;
  const all = dashboardBackends(stack, host, written.dashboard.backends);
  return (["name", "context", "host"] as const).flatMap((key) => {
    const values = all.map((backend) => backend[key]);
    const repeated = values.filter((value, index) => values.indexOf(value) < index);
    return repeated.map((seen) => ({
      path: ["dashboard", "backends"],
      problem: `has the ${key} of another, or of the stack itself`,
      seen,
      fix: "give each of them its own, and leave the stack itself out",
    }));
  });
};
