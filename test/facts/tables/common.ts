import type { PodFacts, Texts, WorkloadFacts } from "../model";

/** Production's namespace. */
export const NAMESPACE = "packit--prod";

/** What the templates left to Kubernetes in all pods. */
export const POD = {
  namespace: NAMESPACE,
  account: "default",
  token: "mounted",
  grace: "30 s",
  serviceLinks: "yes",
  pull: "IfNotPresent",
} as const satisfies Partial<PodFacts>;

/** A Deployment of one pod that a new version replaces; every Deployment was one. */
export function single(name: string): Pick<WorkloadFacts, "replicas" | "strategy" | "selector"> {
  return { replicas: "1", strategy: "Recreate", selector: `component=${name}` };
}

/** A container and its image that follow a stream of the namespace. */
export function following(
  stream: string,
  container = stream,
): Pick<WorkloadFacts, "container" | "image" | "trigger"> {
  return { container, image: `${stream}:prod`, trigger: `${stream}:prod for ${container}` };
}

/** Amounts of a container. */
export function amounts(memory: string, cpu: string, ephemeralStorage?: string): Texts {
  return { memory, cpu, ...(ephemeralStorage !== undefined && { "ephemeral-storage": ephemeralStorage }) };
}

/** Where the database is, for its clients. */
export const DATABASE: Texts = {
  POSTGRESQL_USER: "Secret postgres-secret/database-user",
  POSTGRESQL_PASSWORD: "Secret postgres-secret/database-password",
  POSTGRESQL_HOST: "Secret postgres-secret/database-host",
  POSTGRESQL_DATABASE: "Secret postgres-secret/database-name",
};

export const SENTRY = "Secret sentry/dsn";

/** The deployment's own hosts have their certificate in the pods, which TLS reaches untouched. */
export const PASSTHROUGH = { tls: "passthrough", insecure: "Redirect" } as const;
