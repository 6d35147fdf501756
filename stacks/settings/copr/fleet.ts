import type { CoprSettings } from "./settings";

/** Whether a Copr has builders: pools, and an AWS to ask for them. */
export function hasBuilders({ aws, pools }: Pick<CoprSettings, "aws" | "pools">): boolean {
  return Object.keys(pools).length > 0 && (aws.account ?? aws.endpoint) !== undefined;
}
