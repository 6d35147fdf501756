import { coprUrls } from "../../../components/copr/config/addresses";
import type { FrontendConfig } from "../../../components/copr/config/frontend";
import type { DataComponents } from "../../../components/copr/connections";
import { FrontendApplication, type FrontendSecrets } from "../../../components/copr/frontend-application";
import type { Resources } from "../../../components/platform/container";
import { SecretFiles } from "../../../components/platform/files";
import { OpenShiftPlatform } from "../../../components/platform/openshift";
import type { Site } from "../../../components/platform/site";
import type { KubernetesObject } from "../../support/mocks";

export const site: Site = {
  platform: new OpenShiftPlatform(),
  namespace: "copr-stg",
  instance: "copr-stg",
  durable: true,
};
export const image = { reference: "quay.io/copr/x@sha256:1" };
export const resources: Resources = {
  requests: { cpu: "100m", memory: "128Mi" },
  limits: { cpu: "200m", memory: "256Mi" },
};
export const data: DataComponents = { database: "postgresql-16", redis: "redis" };
export const urls = coprUrls(
  {
    frontend: "copr.example.org",
    results: "download.copr.example.org",
    distGit: "dist-git.copr.example.org",
  },
  "https",
);

/** A Secret; only for use within a mocked program. */
export function secret(name: string, values: Record<string, string>): SecretFiles {
  return new SecretFiles(name, { site, data: values }, {});
}

/** The frontend's secrets; only for use within a mocked program. */
export function frontendSecrets(): FrontendSecrets {
  const own = secret("copr-frontend-secrets", {
    "secret-key": "s3cret-key",
    "backend-password": "s3cret-pw",
  });
  return {
    secretKey: { from: own, key: "secret-key" },
    backendPassword: { from: own, key: "backend-password" },
    database: secret("postgresql", {
      "database-user": "copr-fe",
      "database-password": "s3cret-db",
      "database-name": "copr-db",
    }),
    oidc: { from: secret("copr-oidc", { secret: "s3cret-oidc" }), key: "secret" },
  };
}

/** The frontend's application; only for use within a mocked program. */
export function application(changes: Partial<FrontendConfig> = {}): FrontendApplication {
  return new FrontendApplication(
    "copr-frontend",
    {
      site,
      secrets: frontendSecrets(),
      config: {
        urls,
        login: {
          kind: "oidc",
          provider: "Fedora",
          client: "copr",
          endpoints: { metadata: "https://id.example.org/openid" },
        },
        database: { host: "postgresql", port: 5432 },
        redis: { host: "redis", port: 6379 },
        storage: { kind: "backend" },
        ...changes,
      },
    },
    {},
  );
}

/** The containers of a workload by name, those that run before the others too. */
export function containersOf(workload: KubernetesObject): Map<string, KubernetesObject> {
  const { containers, initContainers = [] } = (
    workload.spec.template ?? workload.spec.jobTemplate.spec.template
  ).spec as Record<string, KubernetesObject[]>;
  return new Map([...initContainers, ...(containers ?? [])].map((one) => [one.name as string, one]));
}

/** One container of a workload. */
export function containerOf(workload: KubernetesObject, name: string): KubernetesObject {
  const found = containersOf(workload).get(name);
  if (found === undefined)
    throw new Error(`no container ${name} in ${[...containersOf(workload).keys()].join()}`);
  return found;
}

/** Paths that a container has mounted. */
export function pathsOf(container: KubernetesObject): string[] {
  return container.volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath);
}
