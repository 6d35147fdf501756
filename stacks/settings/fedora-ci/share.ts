import type { WrittenSettings } from "../schema/packit";

/** What a stack does of Fedora CI: for which dist-git projects, and of what it hears. */
export interface Share {
  /** Name of the stack. */
  readonly stack: string;
  /** Topics that its queue receives; none without a listener. */
  readonly routingKeys: readonly string[];
  /** Whether it serves every project that is not disabled, or only those that are enabled. */
  readonly runByDefault: boolean;
  readonly enabledProjects: readonly string[];
  readonly disabledProjects: readonly string[];
  readonly logdetectiveEnabled: boolean;
}

/** The part of a stack's settings that says what it does of Fedora CI. */
type ShareSettings = Pick<WrittenSettings, "messaging" | "service"> & {
  readonly components: Pick<WrittenSettings["components"], "fedmsg">;
};

/** What a stack with these settings does. */
export function shareOf(stack: string, { components, messaging, service }: ShareSettings): Share {
  const { fedoraCi = {}, fedoraCiRunByDefault = false, logdetectiveEnabled = false } = service;
  return {
    stack,
    routingKeys: components.fedmsg ? messaging.routingKeys : [],
    runByDefault: fedoraCiRunByDefault,
    enabledProjects: fedoraCi.enabledProjects ?? [],
    disabledProjects: fedoraCi.disabledProjects ?? [],
    logdetectiveEnabled,
  };
}

/** Whether a stack serves a project; to be disabled counts more than to be enabled. */
export function serves(share: Share, project: string): boolean {
  if (share.disabledProjects.includes(project)) return false;
  return share.runByDefault || share.enabledProjects.includes(project);
}
