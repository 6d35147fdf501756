import type { RuleCase } from "./case";

const DIGEST = `sha256:${"a".repeat(64)}`;

/** Workers, images, databases and what serves them. */
export const PARTS: readonly RuleCase[] = [
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
