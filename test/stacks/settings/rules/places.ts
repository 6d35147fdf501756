import type { RuleCase } from "./case";

/** Namespaces, hosts and clusters of a stack. */
export const PLACES: readonly RuleCase[] = [
  {
    it: "wants a cluster for a shared environment",
    stack: "stg",
    values: {},
    local: false,
    finding: { key: "packit:cluster", allowed: "kubeconfig and context of a cluster" },
  },
  {
    it: "refuses a namespace of one's own for a test instance",
    stack: "dev-pr-1",
    values: { namespace: "mine" },
    finding: { key: "packit:namespace", fix: "pulumi config rm -s dev-pr-1 packit:namespace" },
  },
  {
    it: "refuses hosts of one's own for a test instance",
    stack: "dev-pr-1",
    values: { hosts: { api: "mine.example.org" } },
    finding: { key: "packit:hosts", problem: "comes from the name of a test instance and cannot be set" },
  },
  {
    it: "refuses another environment's namespace",
    stack: "dev",
    values: { namespace: "packit--prod" },
    finding: { key: "packit:namespace", problem: "belongs to prod", seen: "packit--prod" },
  },
  {
    it: "refuses another environment's host",
    stack: "dev",
    values: { hosts: { dashboard: "dashboard.packit.dev" } },
    finding: { key: "packit:hosts.dashboard", problem: "belongs to prod" },
  },
  {
    it: "refuses a namespace of test instances for an environment",
    stack: "dev",
    values: { namespace: "packit-dev-pr-1" },
    finding: { key: "packit:namespace", problem: "belongs to test instances" },
  },
  {
    it: "refuses a host of test instances for an environment",
    stack: "dev",
    values: { hosts: { api: "pr-1.dev.packit.dev" } },
    finding: { key: "packit:hosts.api", problem: "belongs to test instances" },
  },
  {
    it: "refuses a sandbox in the stack's own namespace",
    stack: "dev",
    values: { namespace: "mine", sandboxNamespace: "mine" },
    finding: { key: "packit:sandboxNamespace", seen: "mine" },
  },
  {
    it: "refuses one host for two things",
    stack: "dev",
    values: { hosts: { api: "a.example.org", workers: "a.example.org" } },
    finding: { key: "packit:hosts", problem: "two of the hosts are the same" },
  },
  {
    it: "refuses a sandbox without a namespace",
    stack: "stream-stg",
    values: { components: { sandbox: true } },
    finding: {
      key: "packit:components.sandbox",
      problem: "is on, but stream-stg has no namespace for it",
    },
  },
];
