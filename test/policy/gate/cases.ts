import { type Described, named, workload } from "./steps";

/** An unsafe change and its safe twin, as small as they can be. */
export interface Case {
  readonly unsafe: readonly Described[];
  readonly safe: readonly Described[];
}

const DEPLOYMENT = "apps/v1:Deployment";
const CLAIM = "core/v1:PersistentVolumeClaim";
const DIGEST = `quay.io/packit/web@sha256:${"0".repeat(64)}`;
const UNKNOWN_PORT = { fromPort: 22, toPort: 22, protocol: "tcp" };

const claim = (spec: object, annotations: object = {}) => ({
  inputs: {
    ...named("data", { annotations }),
    spec: { resources: { requests: { storage: "8Gi" } }, ...spec },
  },
  protect: true,
  retainOnDelete: true,
});
const kept = claim({});
const loose = { ...kept, protect: false, retainOnDelete: false };
const disposable = {
  ...claim({}, { "packit.dev/disposable": "true" }),
  protect: false,
  retainOnDelete: false,
};
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
const update = (type: string, from: Described["from"], to: Described["to"]): Described[] => [
  { type, ...(from && { from }), ...(to && { to }) },
];
const limits = (memory: string | undefined) =>
  workload({ resources: { limits: { cpu: "1", ...(memory !== undefined && { memory }) } } });
const variable = (name: string, value: string) => workload({ env: [{ name, value }] });
const binding = (role: string, account: string) => ({
  inputs: {
    ...named("binding"),
    roleRef: { kind: "ClusterRole", name: role },
    subjects: [{ kind: "ServiceAccount", name: account }],
  },
});
const test = (inputs: object): { inputs: object } => ({
  inputs: { metadata: { name: "web", namespace: "packit-dev-pr-614" }, ...inputs },
});
const inNamespace = (namespace: string) => ({ inputs: { metadata: { name: "any", namespace } } });
const many = (count: number): Described[] =>
  Array.from({ length: 20 }, (_, i) => ({
    type: "core/v1:ConfigMap",
    name: `c${i}`,
    from: { inputs: { ...named(`c${i}`), data: { a: "1" } } },
    to: { inputs: { ...named(`c${i}`), data: { a: i < count ? "2" : "1" } } },
  }));

/** By the unsafe change's id. */
export const CASES: Readonly<Record<string, Case>> = {
  "state/delete": {
    unsafe: [{ type: CLAIM, from: loose }],
    safe: [
      { type: CLAIM, name: "released", from: { ...loose, retainOnDelete: true } },
      { type: CLAIM, name: "cache", from: disposable },
    ],
  },
  "state/replace": {
    unsafe: [
      {
        type: CLAIM,
        from: kept,
        to: claim({ volumeName: "x" }),
        replaced: "last",
        reasons: ["spec.volumeName"],
      },
    ],
    safe: [{ type: CLAIM, from: disposable, to: disposable, replaced: "last" }],
  },
  "state/namespace": {
    unsafe: [
      {
        type: "tenant.paas.redhat.com/v1alpha1:TenantNamespace",
        from: { inputs: named("n"), retainOnDelete: true },
      },
    ],
    safe: [{ type: "core/v1:ConfigMap", from: { inputs: named("n") } }],
  },
  "state/shrink": {
    unsafe: update(CLAIM, kept, claim({ resources: { requests: { storage: "4096Mi" } } })),
    safe: update(CLAIM, kept, claim({ resources: { requests: { storage: "8192Mi" } } })),
  },
  "state/storage-class": {
    unsafe: update(CLAIM, kept, claim({ storageClassName: "other" })),
    safe: update(CLAIM, disposable, { ...disposable, inputs: claim({ storageClassName: "other" }).inputs }),
  },
  "state/reclaim": {
    unsafe: update(
      CLAIM,
      claim({}, { "kubernetes.io/reclaimPolicy": "Retain" }),
      claim({}, { "kubernetes.io/reclaimPolicy": "Delete" }),
    ),
    safe: update(
      CLAIM,
      claim({}, { "kubernetes.io/reclaimPolicy": "Delete" }),
      claim({}, { "kubernetes.io/reclaimPolicy": "Retain" }),
    ),
  },
  "state/protect": {
    unsafe: update(CLAIM, kept, { ...kept, protect: false }),
    safe: [
      { type: CLAIM, from: { ...kept, protect: false }, to: kept },
      { type: CLAIM, name: "c", to: disposable },
    ],
  },
  "state/retain": {
    unsafe: update(CLAIM, kept, { ...kept, retainOnDelete: false }),
    safe: update(CLAIM, { ...kept, retainOnDelete: false }, kept),
  },
  "state/deleted-with": {
    unsafe: update(CLAIM, kept, { ...kept, deletedWith: "urn:pulumi:prod::packit::x:y:Z::web" }),
    safe: update(
      "core/v1:ConfigMap",
      { inputs: named("c") },
      { inputs: named("c"), deletedWith: "urn:pulumi:prod::packit::x:y:Z::web" },
    ),
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
  "state/delete-first": {
    unsafe: [{ type: CLAIM, from: kept, to: kept, replaced: "first" }],
    safe: [{ type: CLAIM, from: kept, to: kept, replaced: "last" }],
  },
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
  "secrets/plain": {
    unsafe: update(DEPLOYMENT, variable("A", "b"), variable("DB_PASSWORD", "hunter2")),
    safe: update(DEPLOYMENT, variable("A", "b"), variable("DB_PASSWORD", "[secret]")),
  },
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
  "state/unprotect-and-delete": {
    unsafe: [{ type: CLAIM, from: kept, to: { ...kept, protect: false }, replaced: "last" }],
    safe: [{ type: CLAIM, from: { ...loose, retainOnDelete: true } }],
  },
  "scope/share": { unsafe: many(11), safe: many(10) },
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
  "network/open": {
    unsafe: update("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", undefined, {
      inputs: { cidrIpv6: "::/0", ...UNKNOWN_PORT },
    }),
    safe: update("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", undefined, {
      inputs: { cidrIpv4: "10.0.0.0/8", ...UNKNOWN_PORT },
    }),
  },
  "aws/imds": {
    unsafe: update(
      "aws:ec2/instance:Instance",
      { inputs: { metadataOptions: { httpTokens: "required" } } },
      { inputs: {} },
    ),
    safe: update(
      "aws:ec2/instance:Instance",
      { inputs: {} },
      { inputs: { metadataOptions: { httpTokens: "required" } } },
    ),
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
  "secrets/in-use": {
    unsafe: [
      { type: "core/v1:Secret", name: "s", from: { inputs: named("s") } },
      {
        type: DEPLOYMENT,
        from: workload({ envFrom: [{ secretRef: { name: "s" } }] }),
        to: workload({ envFrom: [{ secretRef: { name: "s" } }] }),
      },
    ],
    safe: [
      { type: "core/v1:Secret", name: "s", from: { inputs: named("s") } },
      { type: DEPLOYMENT, from: workload({ envFrom: [{ secretRef: { name: "s" } }] }), to: workload({}) },
    ],
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
  "identity/broad-role": {
    unsafe: update("rbac.authorization.k8s.io/v1:RoleBinding", undefined, binding("edit", "default")),
    safe: update(
      "rbac.authorization.k8s.io/v1:RoleBinding",
      binding("edit", "default"),
      binding("edit", "web"),
    ),
  },
};
