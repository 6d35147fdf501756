/** A project whose upstream repository follows its dist-git repository. */
export interface ProjectToSync {
  /** Address of the forge. */
  readonly forge: string;
  readonly repoNamespace: string;
  readonly repoName: string;
  readonly branch: string;
  readonly dgRepoName: string;
  readonly dgBranch: string;
}

/** Merge requests that are handled; both are regular expressions. */
export interface MergeRequestTarget {
  readonly repo: string;
  readonly branch: string;
}

/**
 * The part of `packit-service.yaml` that is neither secret nor given by anything else. A key is the file's own in
 * camel case; what is absent is left to the code's own default.
 */
export interface ServiceOptions {
  readonly debug?: boolean;
  /** Fedora account of the keytab. */
  readonly fasUser?: string;
  /** Dist-git client, where it is not fedpkg. */
  readonly pkgTool?: string;
  /** What comments start with that the instance obeys. No two instances share one. */
  readonly commentCommandPrefix?: string;
  readonly validateWebhooks?: boolean;
  readonly testingFarmApiUrl?: string;
  readonly enabledProjectsForInternalTf?: readonly string[];
  /** Let the service itself fill the repository cache. */
  readonly addRepositoriesToRepositoryCache?: boolean;
  /** Application code, a label of the sandbox pods. */
  readonly appcode?: string;
  /** GitHub accounts that may trigger jobs on any repository. */
  readonly admins?: readonly string[];
  readonly enabledPrivateNamespaces?: readonly string[];
  readonly enabledProjectsForSrpmInCopr?: readonly string[];
  readonly gitlabMrTargetsHandled?: readonly MergeRequestTarget[];
  readonly projectsToSync?: readonly ProjectToSync[];
  readonly packageConfigPathOverride?: string;
  /** RPM macros that are set when spec files are parsed, by their own names. */
  readonly defaultParseTimeMacros?: Readonly<Record<string, string>>;
  /** Remaining API requests of a forge below which tasks move to the queue rate-limited; 0: never. */
  readonly rateLimitThreshold?: number;
  readonly kojiLogsUrl?: string;
  readonly kojiWebUrl?: string;
  /** Fedora CI for every dist-git project, unless it is disabled. */
  readonly fedoraCiRunByDefault?: boolean;
  readonly fedoraCi?: {
    readonly enabledProjects?: readonly string[];
    readonly disabledProjects?: readonly string[];
    readonly disabledProjectsForEln?: readonly string[];
    readonly disabledProjectsForLogdetective?: readonly string[];
  };
  readonly logdetectiveEnabled?: boolean;
  readonly logdetectiveUrl?: string;
}
