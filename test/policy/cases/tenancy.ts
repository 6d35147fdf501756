import { host } from "../../../policy/rules/tenancy/host";
import { namespace } from "../../../policy/rules/tenancy/namespace";
import { nothingOfProduction } from "../../../policy/rules/tenancy/nothing-of-production";
import { testDeployment } from "../../../policy/rules/tenancy/test-deployment";
import { testLimits } from "../../../policy/rules/tenancy/test-limits";
import type { Case } from "../cases";

const TEST = "dev-pr-614";

export const tenancyCases: readonly Case[] = [
  {
    rule: namespace,
    on: "Deployment/packit-service",
    good: ({ inputs }) => (inputs.metadata.namespace = "somewhere-else"),
    bad: ({ inputs }) => (inputs.metadata.namespace = "packit--stg"),
    says: ["Deployment/packit-service: packit--stg belongs to another stack"],
  },
  {
    rule: namespace,
    in: TEST,
    on: "Secret/packit-config",
    good: ({ inputs }) => (inputs.metadata.namespace = "packit--dev-pr-614"),
    bad: ({ inputs }) => (inputs.metadata.namespace = "packit-dev-pr-615"),
    says: ["Secret/packit-config: packit-dev-pr-615 belongs to another stack"],
    when: "another test instance's",
  },
  {
    rule: namespace,
    in: TEST,
    on: "Namespace/packit-dev-pr-614",
    bad: ({ inputs }) => (inputs.metadata.name = "packit--prod"),
    says: ["Namespace/packit-dev-pr-614: it makes packit--prod, which belongs to another stack"],
    when: "production's own",
  },
  {
    rule: host,
    on: "Route/packit-service",
    good: ({ inputs }) => (inputs.spec.host = "packit.example.org"),
    bad: ({ inputs }) => (inputs.spec.host = "stg.packit.dev"),
    says: ["Route/packit-service: stg.packit.dev belongs to another stack"],
  },
  {
    rule: host,
    in: TEST,
    on: "Ingress/packit-service",
    bad: ({ inputs }) => (inputs.spec.rules[0].host = "prod.packit.dev"),
    says: ["Ingress/packit-service: prod.packit.dev belongs to another stack"],
    when: "production's",
  },
  {
    rule: nothingOfProduction,
    in: TEST,
    on: "StatefulSet/packit-worker",
    bad: ({ inputs }) =>
      inputs.spec.template.spec.containers[0].env.push({ value: "valkey.packit--prod.svc" }),
    says: ["StatefulSet/packit-worker: it names packit--prod, which belongs to production or staging"],
  },
  {
    rule: nothingOfProduction,
    in: TEST,
    on: "Secret/packit-config",
    bad: ({ inputs }) =>
      (inputs.data["packit-service.yaml"] = Buffer.from("server_name: prod.packit.dev").toString("base64")),
    says: ["Secret/packit-config: it names prod.packit.dev, which belongs to production or staging"],
    when: "in what a Secret holds",
  },
  {
    rule: testDeployment,
    in: TEST,
    on: "StatefulSet/packit-worker",
    bad: ({ inputs }) => (inputs.spec.template.spec.containers[0].env[1].value = "prod"),
    says: ["StatefulSet/packit-worker: container packit-worker works as prod"],
  },
  {
    rule: testLimits,
    in: TEST,
    on: "ResourceQuota/packit-dev-pr-614",
    bad: ({ inputs }) => (inputs.metadata.namespace = "packit-dev-pr-614-sandbox"),
    says: ["Namespace/packit-dev-pr-614: it has no ResourceQuota"],
  },
  {
    rule: testLimits,
    in: TEST,
    on: "Namespace/packit-dev-pr-614",
    bad: ({ inputs }) => delete inputs.metadata.annotations,
    says: ["Namespace/packit-dev-pr-614: its annotation packit.dev/ttl says no time to live"],
    when: "for ever",
  },
  {
    rule: testLimits,
    in: TEST,
    on: "Namespace/packit-dev-pr-614",
    bad: ({ inputs }) => (inputs.metadata.annotations["packit.dev/ttl"] = "never"),
    says: [
      "Namespace/packit-dev-pr-614: its annotation packit.dev/ttl is never, and none says why (packit.dev/keep)",
    ],
    when: "for ever, and nobody knows why",
  },
];
