import type { Deployment, PackitStackName } from "../names";
import type { WrittenSettings } from "../schema/packit";
import { serviceOf } from "../services";
import { fedoraCiOf } from "./fedora-ci";
import { serviceDefaults } from "./service";
import type { Partly } from "./sizes";

/** Where a service differs from Packit; its part of `packit-service.yaml` is whole. */
export type Differences = Omit<Partly<WrittenSettings>, "service"> & Pick<WrittenSettings, "service">;

/** Where a stack differs from Packit itself because of the service that it is; of Packit, what only it has. */
export function differencesOf(stack: PackitStackName): Differences {
  const { deployment } = stack;
  return {
    packit: () => ({ service: serviceDefaults(stack) }),
    stream: () => ({ ...ofBoth(deployment), ...streamOf(deployment) }),
    "fedora-source-git": () => ({ ...ofBoth(deployment), ...sourceGitOf(deployment) }),
    "fedora-ci": () => fedoraCiOf(stack),
  }[serviceOf(stack)]();
}

/** What the two services have in common: hardly for a worker, few components, and little to do. */
function ofBoth(deployment: Deployment): Partly<WrittenSettings> {
  return {
    platform: "openshift",
    components: {
      dashboard: false,
      beat: false,
      fedmsg: false,
      flower: false,
      pushgateway: false,
      sandbox: false,
    },
    workers: {
      all: { replicas: 1 },
      shortRunning: { replicas: 0 },
      longRunning: { replicas: 0 },
    },
    images: { worker: { source: `quay.io/packit/hardly:${deployment}` } },
    celery: { app: "hardly.tasks", retryLimit: 0 },
    // The version that runs; another number would be another, empty database (D19).
    database: { version: 13, memory: "640Mi", cpu: "500m" },
    // The 4Gi of production's API are for Packit's big tables.
    api: { limits: { memory: "512Mi" } },
    keyValue: { kind: "redict", storage: "1Gi", memory: "256Mi", cpu: "50m" },
  };
}

const GITLAB = { name: "gitlab.com", instanceUrl: "https://gitlab.com" };

/** Path of the package configuration in source-git repositories. */
const SOURCE_GIT_CONFIG = ".distro/source-git.yaml";

/** CentOS Stream: merge requests of source-git repositories become those of dist-git, both on GitLab. */
function streamOf(deployment: Deployment): Differences {
  const isProd = deployment === "prod";
  return {
    // Its cluster does not collect what pods write to their standard output.
    components: { ...ofBoth(deployment).components, fluentdSidecar: isProd },
    repositoryCache: { enabled: false },
    distgit: {
      url: "https://gitlab.com/",
      namespace: isProd ? "redhat/centos-stream/rpms" : "packit-service/rpms",
    },
    forges: [GITLAB],
    service: {
      debug: true,
      pkgTool: "centpkg",
      validateWebhooks: true,
      gitlabMrTargetsHandled: [
        isProd
          ? { repo: "redhat/centos-stream/src/.+", branch: "c9s" }
          : { repo: "packit-service/src/.+", branch: ".+" },
      ],
      enabledPrivateNamespaces: ["gitlab.com/redhat/centos-stream", "gitlab.com/redhat/centos-stream/src"],
      dashboardUrl: `https://dashboard.${isProd ? "" : "stg."}stream.packit.dev`,
      packageConfigPathOverride: SOURCE_GIT_CONFIG,
    },
  };
}

/** Fedora: merge requests of source-git repositories on GitLab become pull requests of dist-git. */
function sourceGitOf(deployment: Deployment): Differences {
  const isProd = deployment === "prod";
  return {
    components: { ...ofBoth(deployment).components, fedmsg: true },
    repositoryCache: { enabled: true },
    distgit: {
      url: "https://src.fedoraproject.org/",
      namespace: "rpms",
      ...(isProd && { sourcegitNamespace: "fedora/src" }),
    },
    forges: [
      GITLAB,
      { name: "src.fedoraproject.org", instanceUrl: "https://src.fedoraproject.org", type: "pagure" },
    ],
    messaging: {
      app: isProd ? "fedora-source-git" : "fedora-source-git stg",
      routingKeys: [
        "org.fedoraproject.prod.pagure.pull-request.flag.added",
        "org.fedoraproject.prod.pagure.pull-request.flag.updated",
        "org.fedoraproject.prod.git.receive",
      ],
    },
    service: {
      debug: true,
      fasUser: isProd ? "packit" : "packit-stg",
      pkgTool: "fedpkg",
      validateWebhooks: true,
      packageConfigPathOverride: SOURCE_GIT_CONFIG,
    },
  };
}
