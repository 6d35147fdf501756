import * as pulumi from "@pulumi/pulumi";

import { logShipper, SPLUNK_KEYS, type LogShipper } from "../../components/packit/log-shipper";
import { SecretFiles } from "../../components/platform/files";
import type { Site } from "../../components/platform/site";
import type { Settings } from "../settings";
import type { Images } from "./images";
import type { SecretValues } from "./secret-values";

/** The sidecar that sends logs to Splunk; undefined where the platform collects them from the standard output. */
export function logShipperOf(
  site: Site,
  { components, fluentdSidecar }: Settings,
  images: Images,
  { splunk }: SecretValues,
  opts: pulumi.CustomResourceOptions,
): LogShipper | undefined {
  // The settings have refused already to do without the token.
  if (!components.fluentdSidecar || splunk === undefined) return undefined;
  const data = {
    [SPLUNK_KEYS.host]: splunk.host,
    [SPLUNK_KEYS.port]: splunk.port,
    [SPLUNK_KEYS.token]: splunk.token,
  };
  return logShipper(
    "fluentd-config",
    {
      site,
      image: images.of("fluentd"),
      splunk: new SecretFiles("splunk", { site, data }, opts),
      resources: fluentdSidecar,
    },
    opts,
  );
}
