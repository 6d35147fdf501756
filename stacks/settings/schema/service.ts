import * as z from "zod";

import { count, line, url } from "./values";

const lines = (description: string, example: string) =>
  z
    .array(line.meta({ example }))
    .exactOptional()
    .meta({ description, example: `["${example}"]` });

const projectToSync = z.strictObject({
  forge: url.meta({ description: "Address of the forge.", example: "https://github.com" }),
  repoNamespace: line.meta({ description: "Namespace of the upstream repository." }),
  repoName: line.meta({ description: "Name of the upstream repository." }),
  branch: line.meta({ description: "Branch of the upstream repository." }),
  dgRepoName: line.meta({ description: "Name of the dist-git repository." }),
  dgBranch: line.meta({ description: "Branch of the dist-git repository." }),
});

/**
 * The part of `packit-service.yaml` that is neither secret nor given by other settings, under the same names. What a
 * service has no default for is left out, since not every service knows every key.
 */
export const service = z
  .strictObject({
    debug: z.boolean().meta({ description: "Log at level debug." }),
    fasUser: line
      .exactOptional()
      .meta({ description: "Fedora account of the keytab.", example: "packit-stg" }),
    dashboardUrl: url.exactOptional().meta({
      description: "Dashboard to which reports link, where the stack has none of its own.",
      example: "https://dashboard.packit.dev",
    }),
    pkgTool: z
      .enum(["fedpkg", "centpkg", "centpkg-sig"])
      .exactOptional()
      .meta({ description: "Dist-git client, where it is not fedpkg." }),
    commentCommandPrefix: z
      .string()
      .regex(/^\/[a-z0-9-]+$/)
      .exactOptional()
      .meta({
        description:
          "What comments start with that this instance obeys; the application's default, `/packit`, without. Two instances for the same repositories must not share one.",
        allowed: "a slash and a word of small letters, digits and hyphens",
        example: "/packit-stg",
      }),
    validateWebhooks: z.boolean().meta({ description: "Refuse webhooks without a valid signature." }),
    testingFarmApiUrl: url.exactOptional().meta({ description: "Address of Testing Farm's API." }),
    enabledProjectsForInternalTf: lines(
      "Projects that may use the internal Testing Farm.",
      "github.com/packit/hello-world",
    ),
    addRepositoriesToRepositoryCache: z
      .boolean()
      .exactOptional()
      .meta({ description: "Let the service itself fill the repository cache." }),
    admins: lines("GitHub accounts that may trigger jobs on any repository.", "octocat"),
    enabledPrivateNamespaces: lines("Private namespaces that are served.", "gitlab.com/redhat/centos-stream"),
    enabledProjectsForSrpmInCopr: lines(
      "Projects whose source packages Copr builds.",
      "github.com/packit/hello-world",
    ),
    gitlabMrTargetsHandled: z
      .array(
        z.strictObject({
          repo: line.meta({ description: "Regular expression for the repository." }),
          branch: line.meta({ description: "Regular expression for the branch." }),
        }),
      )
      .exactOptional()
      .meta({ description: "Merge requests that are handled, by target." }),
    projectsToSync: z
      .array(projectToSync)
      .exactOptional()
      .meta({ description: "Projects whose upstream repositories follow dist-git." }),
    packageConfigPathOverride: line
      .exactOptional()
      .meta({ description: "Path of the package configuration, in place of the usual names." }),
    defaultParseTimeMacros: z
      .record(line, line)
      .exactOptional()
      .meta({ description: "RPM macros that are set when spec files are parsed." }),
    rateLimitThreshold: count(0, 5000).exactOptional().meta({
      description:
        "Remaining API requests of a forge below which tasks move to the queue rate-limited; 0: never.",
    }),
    kojiLogsUrl: url.exactOptional().meta({ description: "Where Koji's logs are." }),
    kojiWebUrl: url.exactOptional().meta({ description: "Koji's web interface." }),
    fedoraCiRunByDefault: z
      .boolean()
      .exactOptional()
      .meta({ description: "Fedora CI for every dist-git project, unless it is disabled." }),
    fedoraCi: z
      .strictObject({
        enabledProjects: lines(
          "Dist-git projects with Fedora CI, where it is not run by default.",
          "https://src.fedoraproject.org/rpms/packit",
        ),
        disabledProjects: lines(
          "Dist-git projects without Fedora CI.",
          "https://src.fedoraproject.org/rpms/packit",
        ),
        disabledProjectsForEln: lines(
          "Dist-git projects without Fedora CI for ELN.",
          "https://src.fedoraproject.org/rpms/llvm",
        ),
        disabledProjectsForLogdetective: lines(
          "Dist-git projects without Log Detective.",
          "https://src.fedoraproject.org/rpms/llvm",
        ),
      })
      .exactOptional()
      .meta({ description: "Fedora CI." }),
    logdetectiveEnabled: z
      .boolean()
      .exactOptional()
      .meta({ description: "Have Log Detective explain failed builds." }),
    logdetectiveUrl: url
      .exactOptional()
      .meta({ description: "Log Detective's interface server; the application's default without." }),
  })
  .meta({ description: "The application's own settings (`packit-service.yaml`)." });
