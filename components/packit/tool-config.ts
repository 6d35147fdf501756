import * as pulumi from "@pulumi/pulumi";

import { ConfigFiles, type Files } from "../platform/files";
import type { Site } from "../platform/site";
import { gitConfig } from "./config/gitconfig";
import { oshConfig } from "./config/osh";

/** Configuration of the tools that workers call. */
export interface ToolConfig {
  /** File `client.conf` of OpenScanHub's client. */
  readonly osh: Files;
  /** File `gitconfig`. */
  readonly gitconfig: Files;
}

/** The tools' ConfigMaps, made once for all workers of an instance (D33). */
export function toolConfig(site: Site, opts: pulumi.CustomResourceOptions): ToolConfig {
  return {
    osh: new ConfigFiles("osh-config", { site, data: { "client.conf": oshConfig() } }, opts),
    gitconfig: new ConfigFiles("git-config", { site, data: { gitconfig: gitConfig() } }, opts),
  };
}
