import { named, workload } from "../steps";
import { type Cases, update } from "./case";

const DEPLOYMENT = "apps/v1:Deployment";
const variable = (name: string, value: string) => workload({ env: [{ name, value }] });
const binding = (role: string, account: string) => ({
  inputs: {
    ...named("binding"),
    roleRef: { kind: "ClusterRole", name: role },
    subjects: [{ kind: "ServiceAccount", name: account }],
  },
});
const SSH = { fromPort: 22, toPort: 22, protocol: "tcp" };

/** Doors and keys. */
export const openCases: Cases = {
  "secrets/plain": {
    unsafe: update(DEPLOYMENT, variable("A", "b"), variable("DB_PASSWORD", "hunter2")),
    safe: update(DEPLOYMENT, variable("A", "b"), variable("DB_PASSWORD", "[secret]")),
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
  "identity/broad-role": {
    unsafe: update("rbac.authorization.k8s.io/v1:RoleBinding", undefined, binding("edit", "default")),
    safe: update(
      "rbac.authorization.k8s.io/v1:RoleBinding",
      binding("edit", "default"),
      binding("edit", "web"),
    ),
  },
  "network/open": {
    unsafe: update("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", undefined, {
      inputs: { cidrIpv6: "::/0", ...SSH },
    }),
    safe: update("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", undefined, {
      inputs: { cidrIpv4: "10.0.0.0/8", ...SSH },
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
};
