import type { RuleCase } from "./case";

/** What only test instances may say, and what they must. */
export const INSTANCES: readonly RuleCase[] = [
  {
    it: "refuses a time to live for an environment",
    stack: "dev",
    values: { ttl: "1h" },
    finding: { key: "packit:ttl", problem: "is for test instances, and dev is an environment" },
  },
  {
    it: "refuses tests in an environment, whose data they may change",
    stack: "fedora-ci-stg",
    values: { revdep: { enabled: true } },
    finding: {
      key: "packit:revdep.enabled",
      fix: "pulumi config set -s fedora-ci-stg --path packit:revdep.enabled false",
    },
  },
  {
    it: "refuses pull requests for an environment",
    stack: "prod",
    values: { pulls: { ogr: 1 } },
    finding: { key: "packit:pulls", fix: "pulumi config rm -s prod packit:pulls" },
  },
  {
    it: "wants pull requests where the name lists none",
    stack: "dev-mine",
    values: {},
    finding: { key: "packit:pulls", problem: "is missing, and the name dev-mine lists no pull request" },
  },
  {
    it: "refuses other pull requests than those of the name",
    stack: "dev-pr-614",
    values: { pulls: { ogr: 1 } },
    finding: {
      key: "packit:pulls",
      seen: "ogr=1",
      fix: "call the stack dev-ogr-1, or: pulumi config rm -s dev-pr-614 packit:pulls",
    },
  },
  {
    it: "refuses other code than that of the name",
    stack: "dev-pr-614",
    values: { pulls: { "packit-service": "branch:main" } },
    finding: {
      key: "packit:pulls",
      seen: "packit-service=branch:main",
      fix: "call the stack dev-xb2c5b17, or: pulumi config rm -s dev-pr-614 packit:pulls",
    },
  },
  {
    it: "wants a reason for an instance without an end",
    stack: "dev-pr-614",
    values: { ttl: "never" },
    finding: { key: "packit:keep", problem: "is missing, though the instance has no end" },
  },
  {
    it: "refuses a reason to stay for an instance with an end",
    stack: "dev-pr-614",
    values: { keep: "for the demonstration" },
    finding: { key: "packit:keep", fix: "pulumi config set -s dev-pr-614 --path packit:ttl never" },
  },
  {
    it: "refuses an identity that is not in the pool",
    stack: "dev-pr-614",
    values: { identity: "nobody", testInstances: { identities: [{ name: "one" }] } },
    finding: { key: "packit:identity", seen: "nobody", allowed: "one" },
  },
  {
    it: "refuses an identity that is listed twice",
    stack: "dev",
    values: { testInstances: { identities: [{ name: "one" }, { name: "one" }] } },
    finding: { key: "packit:testInstances.identities", seen: "one" },
  },
  {
    it: "refuses settings of test instances where none run",
    stack: "prod",
    values: { testInstances: { max: 3 } },
    finding: {
      key: "packit:testInstances",
      fix: "move it to Pulumi.dev.yaml, whose cluster they run on",
    },
  },
];
