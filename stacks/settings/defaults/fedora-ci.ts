import { FEDORA_CI_KEYS, LOGDETECTIVE_KEY } from "../fedora-ci/keys";
import { deploymentOf, type PackitStackName } from "../names";
import type { Differences } from "./services";

/** Fedora's dist-git, the only forge that Fedora CI works with. */
const DIST_GIT = {
  name: "src.fedoraproject.org",
  instanceUrl: "https://src.fedoraproject.org",
  type: "pagure",
} as const;

/**
 * Fedora CI: builds and tests of pull requests in Fedora's dist-git, apart from Packit and on Fedora's own OpenShift.
 * Users see its results in dist-git and in a dashboard that it shares with Packit.
 */
export function fedoraCiOf(stack: PackitStackName): Differences {
  const { deployment, kind, name } = stack;
  const isProd = deployment === "prod";
  const isEnvironment = kind === "environment";
  return {
    platform: "openshift",
    components: {
      beat: true,
      fedmsg: true,
      flower: true,
      pushgateway: true,
      // Packit's has it in its list of backends.
      dashboard: false,
      // There are no users' commands to run: what is built and tested runs in Koji and Testing Farm.
      sandbox: false,
    },
    // These two names, those of the account and of the bucket are proposals: its repository is still to be made.
    images: { worker: { source: `quay.io/packit/fedora-ci-worker:${deploymentOf(stack.base)}` } },
    celery: { app: "fedora_ci.tasks" },
    // It is made of Packit's code, so a new image of the one is tried with the tests of the other.
    revdep: { enabled: !isEnvironment },
    repositoryCache: { enabled: false },
    // The 4Gi of production's API are for Packit's big tables, and these begin empty.
    api: { limits: { memory: "512Mi" } },
    forges: [DIST_GIT],
    distgit: { url: "https://src.fedoraproject.org/", namespace: "rpms" },
    messaging: {
      app: isEnvironment ? `Fedora CI${isProd ? "" : " stg"}` : `Fedora CI ${name}`,
      routingKeys: [...FEDORA_CI_KEYS, LOGDETECTIVE_KEY],
    },
    // Beside those of Packit, and of its other services, which are told apart by their namespaces only.
    backup: { bucket: `fedora-ci-${deployment}-backups` },
    service: {
      debug: true,
      fasUser: isEnvironment ? `fedora-ci${isProd ? "" : "-stg"}` : `fedora-ci-${deployment}`,
      commentCommandPrefix: isEnvironment ? `/packit-ci${isProd ? "" : "-stg"}` : `/packit-${name}`,
      validateWebhooks: true,
      testingFarmApiUrl: "https://api.testing-farm.io/v0.1/",
      ...(isEnvironment && {
        dashboardUrl: `https://dashboard.${isProd ? "" : "stg."}packit.dev`,
      }),
      rateLimitThreshold: 200,
      // Projects come over from Packit one by one, until this is turned round.
      fedoraCiRunByDefault: false,
      fedoraCi: {
        enabledProjects: [],
        disabledProjects: [],
        disabledProjectsForEln: [],
        disabledProjectsForLogdetective: [],
      },
      logdetectiveEnabled: isEnvironment,
    },
  };
}
