import { type Described, named, workload } from "../steps";
import { type Cases, update } from "./case";

const DEPLOYMENT = "apps/v1:Deployment";
const DIGEST = `quay.io/packit/web@sha256:${"0".repeat(64)}`;
const budget: Described = {
  type: "policy/v1:PodDisruptionBudget",
  name: "budget",
  from: {
    inputs: { ...named("b"), spec: { minAvailable: 1, selector: { matchLabels: { component: "web" } } } },
  },
  to: {
    inputs: { ...named("b"), spec: { minAvailable: 1, selector: { matchLabels: { component: "web" } } } },
  },
};
const service = (spec: object) => ({
  inputs: { ...named("postgres"), spec: { ports: [{ port: 5432 }], ...spec } },
});
const limits = (memory: string | undefined) =>
  workload({ resources: { limits: { cpu: "1", ...(memory !== undefined && { memory }) } } });
const many = (count: number): Described[] =>
  Array.from({ length: 20 }, (_, i) => ({
    type: "core/v1:ConfigMap",
    name: `c${i}`,
    from: { inputs: { ...named(`c${i}`), data: { a: "1" } } },
    to: { inputs: { ...named(`c${i}`), data: { a: i < count ? "2" : "1" } } },
  }));

/** Whether what serves users goes on serving. */
export const workloadCases: Cases = {
  "images/moving": {
    unsafe: update(DEPLOYMENT, workload({ image: DIGEST }), workload({ image: "quay.io/packit/web:prod" })),
    safe: update(DEPLOYMENT, workload({ image: "quay.io/packit/web:prod" }), workload({ image: DIGEST })),
  },
  "workload/no-replicas": {
    unsafe: update(DEPLOYMENT, workload({}), workload({}, { replicas: 0 })),
    safe: update(DEPLOYMENT, workload({}), workload({}, { replicas: 1 })),
  },
  "workload/below-budget": {
    unsafe: [budget, ...update(DEPLOYMENT, workload({}), workload({}, { replicas: 1 }))],
    safe: [budget, ...update(DEPLOYMENT, workload({}), workload({}, { replicas: 3 }))],
  },
  "workload/recreate": {
    unsafe: [
      {
        type: "core/v1:Service",
        name: "s",
        from: service({ selector: { component: "web" } }),
        to: service({ selector: { component: "web" } }),
      },
      ...update(DEPLOYMENT, workload({}), workload({}, { strategy: { type: "Recreate" } })),
    ],
    safe: update(DEPLOYMENT, workload({}), workload({}, { strategy: { type: "Recreate" } })),
  },
  "workload/probe": {
    unsafe: update(DEPLOYMENT, workload({ livenessProbe: { httpGet: { path: "/" } } }), workload({})),
    safe: update(
      DEPLOYMENT,
      workload({ livenessProbe: { httpGet: { path: "/" } } }),
      workload({ livenessProbe: { httpGet: { path: "/healthz" } } }),
    ),
  },
  "workload/limits": {
    unsafe: update(DEPLOYMENT, limits("1Gi"), limits("700Mi")),
    safe: update(DEPLOYMENT, limits("1Gi"), limits("900Mi")),
  },
  "scope/share": { unsafe: many(11), safe: many(10) },
};
