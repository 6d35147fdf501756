import type { WrittenSettings } from "../../../../stacks/settings/schema/packit";

/** How images are built, as the settings say it. */
export type BuilderSettings = WrittenSettings["testInstances"]["builder"];

/** The settings of a builder that pushes to a registry. */
export type PushingSettings = BuilderSettings & { readonly registry: string };
