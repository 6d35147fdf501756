import type { PackitStackName } from "../names";
import type { WrittenSettings } from "../schema/packit";

/** The settings of Packit itself in a stack whose file says nothing. What reaches out to others is off. */
export function serviceDefaults(stack: PackitStackName): WrittenSettings["service"] {
  return {
    debug: true,
    fasUser: `packit-${stack.deployment}`,
    // Its own: with the application's default, /packit, an instance answers the commands of production.
    commentCommandPrefix: `/packit-${stack.name}`,
    validateWebhooks: true,
    testingFarmApiUrl: "https://api.testing-farm.io/v0.1/",
    enabledProjectsForInternalTf: [],
    addRepositoriesToRepositoryCache: false,
    admins: [],
    enabledPrivateNamespaces: [],
    enabledProjectsForSrpmInCopr: [],
    gitlabMrTargetsHandled: [],
    projectsToSync: [],
    defaultParseTimeMacros: { fedora: "0" },
    rateLimitThreshold: 200,
    fedoraCiRunByDefault: false,
    fedoraCi: {
      enabledProjects: [],
      disabledProjects: [],
      disabledProjectsForEln: [],
      disabledProjectsForLogdetective: [],
    },
    logdetectiveEnabled: false,
  };
}
