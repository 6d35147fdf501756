import * as pulumi from "@pulumi/pulumi";

import type { ContainerArgs, EnvValue, Resources } from "../platform/container";
import { ConfigFiles, type Files } from "../platform/files";
import type { ContainerImage } from "../platform/image";
import type { Site } from "../platform/site";
import { fluentdConfig } from "./config/fluentd";

/** Name of the sidecar's container. */
export const LOG_SHIPPER = "fluentd-sidecar";

/** Port at which the code sends its log records unless told otherwise. */
const SYSLOG_PORT = 5140;

const MONITOR_PORT = 24220;

/** Keys of the Secret that says where Splunk is. */
export const SPLUNK_KEYS = { host: "hec-host", port: "hec-port", token: "hec-token" } as const;

const VARIABLES = { host: "SPLUNK_HEC_HOST", port: "SPLUNK_HEC_PORT", token: "SPLUNK_HEC_TOKEN" } as const;

export interface LogShipperArgs {
  readonly site: Site;
  /** An image of fluentd with the plugin splunk_hec, which reads `/fluentd/etc/fluent.conf`. */
  readonly image: ContainerImage;
  /** Secret with the keys of {@link SPLUNK_KEYS}. */
  readonly splunk: Files;
  readonly resources: Resources;
}

/** A sidecar that sends log records to Splunk, for every pod that has some. */
export interface LogShipper {
  /** For the pod's own container, so that it sends records to the sidecar. */
  readonly env: Readonly<Record<string, EnvValue>>;
  /** The sidecar, by its name. */
  readonly sidecars: Readonly<Record<string, ContainerArgs>>;
}

/** What a pod gets that has no sidecar: without one nothing listens for the records (D30). */
export const NO_LOG_SHIPPER: LogShipper = { env: {}, sidecars: {} };

/**
 * The sidecar and its one configuration.
 *
 * @param name - Name of the ConfigMap, `fluentd-config`.
 */
export function logShipper(
  name: string,
  args: LogShipperArgs,
  opts: pulumi.CustomResourceOptions,
): LogShipper {
  const { site, image, splunk, resources } = args;
  const fluentConf = fluentdConfig({
    syslogPort: SYSLOG_PORT,
    monitorPort: MONITOR_PORT,
    variables: VARIABLES,
  });
  const config = new ConfigFiles(name, { site, data: { "fluent.conf": fluentConf } }, opts);
  const answers = { httpGet: { path: "/api/plugins.json", port: MONITOR_PORT }, timeoutSeconds: 5 };
  const sidecar: ContainerArgs = {
    image,
    resources,
    env: {
      [VARIABLES.host]: { from: splunk, key: SPLUNK_KEYS.host },
      [VARIABLES.port]: { from: splunk, key: SPLUNK_KEYS.port },
      [VARIABLES.token]: { from: splunk, key: SPLUNK_KEYS.token },
    },
    ports: { monitor: MONITOR_PORT },
    udpPorts: { syslog: SYSLOG_PORT },
    probes: {
      readiness: { ...answers, periodSeconds: 10 },
      liveness: { ...answers, periodSeconds: 20, failureThreshold: 6 },
      startup: { ...answers, periodSeconds: 5, failureThreshold: 24 },
    },
    mounts: [{ path: "/fluentd/etc", files: [{ from: config }] }],
    // Ruby makes its lock in a temporary folder and refuses one that all may write to without the sticky bit, which
    // a volume has not and the image's own /tmp has.
    readOnlyRoot: false,
  };
  // Not the word localhost, which the code does not take.
  return { env: { SYSLOG_HOST: "127.0.0.1" }, sidecars: { [LOG_SHIPPER]: sidecar } };
}
