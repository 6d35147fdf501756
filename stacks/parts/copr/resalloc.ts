import * as pulumi from "@pulumi/pulumi";

import { RESALLOC, RESALLOC_WEB } from "../../../components/copr/connections";
import { Resalloc } from "../../../components/copr/resalloc";
import { ResallocWeb } from "../../../components/copr/resalloc-web";
import type { Site } from "../../../components/platform/site";
import { coprUrlsOf } from "../../settings/copr/addresses";
import type { CoprSettings } from "../../settings/copr/settings";
import type { JobPrograms } from "../job-programs";
import type { CoprBuilders } from "./builders";
import type { CoprData } from "./data";
import { imageOf } from "./images";
import type { CoprSecrets } from "./secrets";

/**
 * What hands out builders, and its pages. Without an AWS it has none to hand out, and builds wait.
 *
 * @param frontend - Builders ask it, and some start at once.
 * @returns undefined where the settings want none.
 */
export function coprResalloc(
  site: Site,
  settings: CoprSettings,
  data: CoprData,
  { builderKey, builderSsh }: CoprSecrets,
  builders: CoprBuilders | undefined,
  frontend: pulumi.Resource,
  programs: JobPrograms,
  opts: pulumi.ComponentResourceOptions,
): Resalloc | undefined {
  const { hosts, instance, jobs, pools, resalloc: wanted } = settings;
  if (wanted === undefined) return undefined;
  const { server, storage, webUi } = wanted;
  const common = { site, image: imageOf(settings.images.resalloc), data: data.components };
  const resalloc = new Resalloc(
    RESALLOC,
    {
      ...common,
      pools: builders?.pools ?? {},
      machines: Object.fromEntries(
        Object.values(builders === undefined ? {} : pools).map(({ name, mockTmpfs, swap }) => [
          name,
          { swap: swap !== undefined, mockTmpfs },
        ]),
      ),
      builder: { urls: coprUrlsOf(settings), vendor: `Copr ${instance}` },
      publicKey: builderSsh.publicKey,
      builderKey,
      ...networksOf(settings),
      ...(builders !== undefined && { aws: builders.aws }),
      storage,
      resources: server,
      tidySchedule: jobs.tidyResalloc.schedule,
      programs: programs.schedule,
      after: [frontend, ...(builders === undefined ? [] : [builders.before])],
    },
    opts,
  );
  if (webUi.enabled) {
    const { claim, config } = resalloc;
    new ResallocWeb(
      RESALLOC_WEB,
      {
        ...common,
        host: hosts.resalloc,
        resalloc: { name: RESALLOC, config, claim },
        resources: webUi,
        after: [resalloc],
      },
      opts,
    );
  }
  return resalloc;
}

/** Where builders are found: public addresses can be any. */
export function networksOf({ aws: { network } }: CoprSettings): { readonly builderNetworks?: string[] } {
  return network.privateAddresses && network.vpc === undefined ? { builderNetworks: [network.cidr] } : {};
}
