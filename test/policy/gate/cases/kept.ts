import { named } from "../steps";
import { type Cases, update } from "./case";

const service = (spec: object) => ({
  inputs: { ...named("postgres"), spec: { ports: [{ port: 5432 }], ...spec } },
});

/** What holds data, or is its way to the data, and is no claim. */
export const keptCases: Cases = {
  "state/namespace": {
    unsafe: [
      {
        type: "tenant.paas.redhat.com/v1alpha1:TenantNamespace",
        from: { inputs: named("n"), retainOnDelete: true },
      },
    ],
    safe: [{ type: "core/v1:ConfigMap", from: { inputs: named("n") } }],
  },
  "state/rename": {
    unsafe: [
      { type: "core/v1:Service", name: "old", from: service({}) },
      { type: "core/v1:Service", name: "new", to: service({}) },
    ],
    safe: [
      { type: "core/v1:Service", name: "old", from: service({}) },
      {
        type: "core/v1:Service",
        name: "new",
        to: { inputs: { ...named("web"), spec: { ports: [{ port: 80 }] } } },
      },
    ],
  },
  "state/backup": {
    unsafe: update(
      "aws:rds/instance:Instance",
      { inputs: { backupRetentionPeriod: 14 } },
      { inputs: { backupRetentionPeriod: 1 } },
    ),
    safe: update(
      "aws:rds/instance:Instance",
      { inputs: { backupRetentionPeriod: 1 } },
      { inputs: { backupRetentionPeriod: 14 } },
    ),
  },
  "data/repointed": {
    unsafe: update(
      "core/v1:Service",
      service({ selector: { component: "postgres-15" } }),
      service({ selector: { component: "postgres-18" } }),
    ),
    safe: update(
      "core/v1:Service",
      service({ selector: { component: "postgres-15" } }),
      service({ selector: { component: "postgres-15" }, sessionAffinity: "ClientIP" }),
    ),
  },
};
