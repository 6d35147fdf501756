/** Settings that switch on what no environment has by itself. */
export const EVERYTHING = {
  components: { centosmsg: true, tokman: true, redisCommander: true, fluentdSidecar: true },
  hosts: { redisCommander: "redis-commander.example.packit.dev" },
  repositoryCache: { repositories: ["https://src.fedoraproject.org/rpms/kernel"] },
};

/** Secrets that nobody can make up, for those stacks that need them. */
export const EVERY_SECRET = {
  centosmsg: { certificate: "certificate and key", serverCa: "ca" },
  splunk: { host: "splunk.example", port: "443", token: "token" },
};
