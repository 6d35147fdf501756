import assert from "node:assert/strict";

import type { Finding } from "../../../stacks/settings";
import { findingsOf } from "./loading";

const DIGEST = `sha256:${"a".repeat(64)}`;

/** What a stack's settings break, and how that is told: one case a message. */
const CASES: readonly {
  readonly it: string;
  readonly stack: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Shared environments need one to get as far as the rules. @default true */
  readonly local?: boolean;
  readonly finding: Partial<Finding> & Pick<Finding, "key">;
}[] = [
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
  {
    it: "wants a worker for short tasks",
    stack: "prod",
    values: { workers: { shortRunning: { replicas: 0 } } },
    finding: {
      key: "packit:workers.shortRunning.replicas",
      problem: "no worker takes tasks of the queue short-running",
      fix: "pulumi config set -s prod --path packit:workers.shortRunning.replicas 1",
    },
  },
  {
    it: "wants a worker for long tasks",
    stack: "dev",
    values: { workers: { all: { replicas: 0 }, shortRunning: { replicas: 1 } } },
    finding: { key: "packit:workers.longRunning.replicas" },
  },
  {
    it: "refuses a promise beyond the limit, in memory",
    stack: "dev",
    values: { workers: { all: { requests: { memory: "2Gi" } } } },
    finding: {
      key: "packit:workers.all.requests.memory",
      seen: "2Gi",
      allowed: "at most 1024Mi, which is workers.all.limits.memory",
    },
  },
  {
    it: "refuses a promise beyond the limit, in processor time",
    stack: "dev",
    values: { api: { limits: { cpu: "5m" } } },
    finding: { key: "packit:api.requests.cpu", seen: "10m" },
  },
  {
    it: "refuses two pushgateways",
    stack: "prod",
    values: { pushgatewayAddress: "http://gateway.example.org" },
    finding: { key: "packit:pushgatewayAddress", seen: "http://gateway.example.org" },
  },
  {
    it: "refuses to follow an image past its digest",
    stack: "prod",
    values: { images: { nginx: { source: `quay.io/a/b@${DIGEST}`, follow: "always" } } },
    finding: { key: "packit:images.nginx.follow", problem: "follows an image that a digest pins" },
  },
  {
    it: "refuses to follow an image on plain Kubernetes",
    stack: "dev",
    values: { images: { worker: { follow: "schedule" } } },
    finding: {
      key: "packit:images.worker.follow",
      problem: "needs an ImageStream, which plain Kubernetes has not",
    },
  },
  {
    it: "refuses an image that can change under production",
    stack: "prod",
    values: { images: { worker: { follow: "never" } } },
    finding: { key: "packit:images.worker.source", seen: "quay.io/packit/packit-worker:prod" },
  },
  {
    it: "refuses a database image that can change under production",
    stack: "prod",
    values: { database: { image: { source: "quay.io/a/b:c", follow: "never" } } },
    finding: { key: "packit:database.image.source" },
  },
  {
    it: "refuses shared memory that leaves the database none",
    stack: "dev",
    values: { database: { sharedMemory: "512Mi" } },
    finding: { key: "packit:database.sharedMemory", seen: "512Mi of 640Mi" },
  },
  {
    it: "refuses shared memory that leaves the second database none",
    stack: "dev",
    values: { database: { beside: { version: 16, memory: "128Mi" } } },
    finding: { key: "packit:database.beside.sharedMemory", seen: "128Mi of 128Mi" },
  },
  {
    it: "refuses a second database of the same version",
    stack: "dev",
    values: { database: { beside: { version: 15 } } },
    finding: { key: "packit:database.beside.version", seen: "15" },
  },
  {
    it: "refuses a second key-value store of the same kind",
    stack: "dev",
    values: { keyValue: { beside: { kind: "valkey" } } },
    finding: { key: "packit:keyValue.beside.kind", seen: "valkey" },
  },
  {
    it: "refuses the commands of a shared environment",
    stack: "dev-pr-1",
    values: { service: { commentCommandPrefix: "/packit" } },
    finding: {
      key: "packit:service.commentCommandPrefix",
      fix: "pulumi config set -s dev-pr-1 --path packit:service.commentCommandPrefix /packit-dev-pr-1",
    },
  },
  {
    it: "refuses a listener without topics",
    stack: "prod",
    values: { messaging: { routingKeys: [] } },
    finding: {
      key: "packit:messaging.routingKeys",
      problem: "is empty, so fedmsg would never get a message",
    },
  },
  {
    it: "refuses a forge that is listed twice",
    stack: "dev",
    values: {
      forges: [
        { name: "a", instanceUrl: "https://a.b" },
        { name: "a", instanceUrl: "https://a.c" },
      ],
    },
    finding: { key: "packit:forges", problem: "lists a forge twice", seen: "a" },
  },
  {
    it: "refuses two GitHub Apps",
    stack: "dev",
    values: {
      forges: [
        { name: "a", instanceUrl: "https://a.b", githubApp: true },
        { name: "b", instanceUrl: "https://a.c", githubApp: true },
      ],
    },
    finding: { key: "packit:forges", problem: "has more than one GitHub App", seen: "a, b" },
  },
  {
    it: "refuses two repositories that would have one clone",
    stack: "dev",
    values: {
      repositoryCache: {
        repositories: ["https://a.example/rpms/kernel", "https://b.example/src/kernel.git"],
      },
    },
    finding: { key: "packit:repositoryCache.repositories", seen: "https://b.example/src/kernel.git" },
  },
  {
    it: "refuses the address of no repository",
    stack: "dev",
    values: { repositoryCache: { repositories: ["https://a.example/.git"] } },
    finding: { key: "packit:repositoryCache.repositories", seen: "https://a.example/.git" },
  },
  {
    it: "refuses repositories without a volume for them",
    stack: "dev",
    values: { repositoryCache: { enabled: false, repositories: ["https://a.example/rpms/kernel"] } },
    finding: { key: "packit:repositoryCache.enabled", seen: "false" },
  },
  {
    it: "refuses one host for redis-commander and another component",
    stack: "dev",
    values: { hosts: { redisCommander: "workers.dev.packit.dev" } },
    finding: { key: "packit:hosts", problem: "two of the hosts are the same" },
  },
];

describe("rules over several settings", () => {
  for (const { it: title, stack, values, local = true, finding } of CASES) {
    it(title, () => {
      const findings = findingsOf(stack, { values, local }).filter(({ key }) => !isSecret(key));
      const about = findings.find(({ key }) => key === finding.key);
      assert.deepEqual(about === undefined ? findings : { ...about, ...finding }, about ?? finding);
      assert.deepEqual(
        findings.map(({ key }) => key),
        [finding.key],
      );
    });
  }

  it("look at the rest when single values are wrong", () => {
    const values = { platform: "mainframe", workers: { all: { replicas: 0 } } };
    assert.deepEqual(
      findingsOf("dev", { values }).map(({ key }) => key),
      ["packit:platform", "packit:workers.shortRunning.replicas", "packit:workers.longRunning.replicas"],
    );
  });
});

function isSecret(key: string): boolean {
  return key.startsWith("packit:secrets");
}
