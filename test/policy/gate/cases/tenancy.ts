import { workload } from "../steps";
import { type Cases, update } from "./case";

const DEPLOYMENT = "apps/v1:Deployment";
const test = (inputs: object): { inputs: object } => ({
  inputs: { metadata: { name: "web", namespace: "packit-dev-pr-614" }, ...inputs },
});
const inNamespace = (namespace: string) => ({ inputs: { metadata: { name: "any", namespace } } });

/** Whose a place is. */
export const tenancyCases: Cases = {
  "tenancy/elsewhere": {
    unsafe: [
      {
        type: "core/v1:ConfigMap",
        from: inNamespace("packit--prod"),
        to: inNamespace("packit--stg"),
        replaced: "last",
      },
    ],
    safe: [
      {
        type: "core/v1:ConfigMap",
        from: inNamespace("packit--prod"),
        to: inNamespace("packit--prod-sandbox"),
        replaced: "last",
      },
    ],
  },
  "tenancy/ignored-security": {
    unsafe: update(DEPLOYMENT, workload({}), { ...workload({}), ignoreChanges: ["spec.template.spec"] }),
    safe: update(DEPLOYMENT, workload({}), {
      ...workload({}),
      ignoreChanges: ["spec.template.spec.containers[0].image"],
    }),
  },
  "tenancy/host": {
    unsafe: update(
      "route.openshift.io/v1:Route",
      { inputs: { spec: { host: "prod.packit.dev" } } },
      { inputs: { spec: { host: "stg.packit.dev" } } },
    ),
    safe: update(
      "route.openshift.io/v1:Route",
      { inputs: { spec: { host: "stg.packit.dev" } } },
      { inputs: { spec: { host: "prod.packit.dev" } } },
    ),
  },
  "tenancy/test-instance": {
    unsafe: [{ type: "core/v1:ConfigMap", stack: "dev-pr-614", to: inNamespace("packit--prod") }],
    safe: [{ type: "core/v1:ConfigMap", stack: "dev-pr-614", to: inNamespace("packit-dev-pr-614") }],
  },
  "tenancy/test-limits": {
    unsafe: [
      {
        type: "core/v1:ResourceQuota",
        stack: "dev-pr-614",
        from: test({ spec: { hard: { pods: "9" } } }),
        to: test({ spec: { hard: {} } }),
      },
    ],
    safe: [
      {
        type: "core/v1:ResourceQuota",
        stack: "dev-pr-614",
        from: test({ spec: { hard: { pods: "9" } } }),
        to: test({ spec: { hard: { pods: "5" } } }),
      },
    ],
  },
};
