import * as z from "zod";

import { coerceTree } from "../coerce";
import { defaultsFor } from "../defaults/environments";
import type { Base } from "../names";
import { parseStackName } from "../names";
import { readPlainFile, type SettingsFiles } from "../plain-files";
import { packitSchema, type WrittenSettings } from "../schema/packit";
import { overlay } from "../tree";

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

/** Stacks that serve the same projects, Packit's and Fedora CI's own. */
const COUNTERPARTS: Readonly<Partial<Record<Base, Base>>> = {
  stg: "fedora-ci-stg",
  prod: "fedora-ci-prod",
  "fedora-ci-stg": "stg",
  "fedora-ci-prod": "prod",
};

/** The stack with which this environment divides the projects; undefined for stacks that serve none of them. */
export function counterpartOf(name: string): Base | undefined {
  return Object.entries(COUNTERPARTS).find(([own]) => own === name)?.[1];
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

const shareSettings = z.object({
  components: z.object({ fedmsg: z.boolean() }),
  messaging: packitSchema.shape.messaging,
  service: packitSchema.shape.service,
});

/**
 * What another stack does, as its settings file says.
 *
 * @returns undefined without such a file, or when that is wrong: then the stack itself is refused.
 */
export function shareInFile(name: Base, files: SettingsFiles): Share | undefined {
  const stack = parseStackName(name);
  if (stack.program !== "packit" || files.read(name) === undefined) return undefined;
  const written = overlay({ ...defaultsFor(stack) }, readPlainFile(files, name).settings);
  const checked = shareSettings.safeParse(coerceTree(packitSchema, written));
  return checked.success ? shareOf(name, checked.data) : undefined;
}

/** Whether a stack serves a project; to be disabled counts more than to be enabled. */
export function serves(share: Share, project: string): boolean {
  if (share.disabledProjects.includes(project)) return false;
  return share.runByDefault || share.enabledProjects.includes(project);
}
