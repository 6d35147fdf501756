import * as pulumi from "@pulumi/pulumi";

import type { Probes, Resources } from "../platform/container";
import { ConfigFiles, type Files, type SecretFiles } from "../platform/files";
import type { ContainerImage } from "../platform/image";
import type { Mount } from "../platform/mounts";
import type { Site } from "../platform/site";
import { Workload } from "../platform/workload";
import { edgeConf, HEALTH_PATH } from "./edge-conf";

const HTTPS_PORT = 8443;
const HEALTH_PORT = 8081;

/** Not `/etc/nginx`: what the image has there stays (D28). */
const CONF_FOLDER = "/etc/nginx-edge";
const HTPASSWD_FOLDER = "/etc/nginx-users";
const TLS_FOLDER = "/secrets";
const CERTIFICATE = "fullchain.pem";
const KEY = "privkey.pem";

/** Name of the Service's port, which the Route refers to. */
const HTTPS_PORT_NAME = "nginx-https";

/** A server behind nginx. */
export interface UpstreamArgs {
  readonly host: pulumi.Input<string>;
  readonly port: number;
}

export interface NginxArgs {
  readonly site: Site;
  /** An unprivileged image, `quay.io/nginx/nginx-unprivileged`. */
  readonly image: ContainerImage;
  readonly resources: Resources;
  /** @default 1 */
  readonly replicas?: number;
  /** Public host name, covered by the certificate. */
  readonly host: string;
  /** Files `fullchain.pem` and `privkey.pem`. */
  readonly tls: Files;
  /** The pushgateway, published under `/metrics`. At least one of it and Flower is given (D07, D08). */
  readonly metrics?: UpstreamArgs;
  /** Flower, and the Secret whose key `htpasswd` holds who may see it. */
  readonly flower?: UpstreamArgs & { readonly htpasswd: SecretFiles };
}

/** The public door to the metrics and to Flower. */
export class Nginx extends pulumi.ComponentResource {
  /**
   * @param name - Name of all objects, for example `nginx`.
   * @throws Error when there is nothing to publish.
   */
  constructor(name: string, args: NginxArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:edge:Nginx", name, {}, opts);
    const { site, flower } = args;
    if (args.metrics === undefined && flower === undefined) {
      throw new Error(`${name} has nothing to publish: leave it out, or give it the pushgateway or Flower`);
    }
    const child = { parent: this };
    const conf = new ConfigFiles(
      `${name}-config`,
      { site, data: { "nginx.conf": configuration(args) } },
      child,
    );
    new Workload(
      name,
      {
        site,
        image: args.image,
        resources: args.resources,
        replicas: args.replicas ?? 1,
        // Not the image's entry point, which edits files in /etc/nginx.
        command: ["nginx", "-e", "stderr", "-c", `${CONF_FOLDER}/nginx.conf`],
        ports: { https: HTTPS_PORT, health: HEALTH_PORT },
        probes: probes(),
        mounts: mounts(args.tls, conf, flower?.htpasswd),
        rollout: "rolling",
        published: { host: args.host, portName: HTTPS_PORT_NAME, targetPort: HTTPS_PORT },
      },
      child,
    );
    this.registerOutputs({});
  }
}

/** Its text holds the names of the Services, so the pods come after those (D28). */
function configuration({ host, metrics, flower }: NginxArgs): pulumi.Output<string> {
  return pulumi.output({ metrics: metrics?.host, flower: flower?.host }).apply((hosts) =>
    edgeConf({
      listen: HTTPS_PORT,
      listenHealth: HEALTH_PORT,
      host,
      certificateFile: `${TLS_FOLDER}/${CERTIFICATE}`,
      keyFile: `${TLS_FOLDER}/${KEY}`,
      scratch: "/tmp",
      ...(metrics && hosts.metrics !== undefined && { metrics: { host: hosts.metrics, port: metrics.port } }),
      ...(flower &&
        hosts.flower !== undefined && {
          flower: { host: hosts.flower, port: flower.port, htpasswdFile: `${HTPASSWD_FOLDER}/htpasswd` },
        }),
    }),
  );
}

function mounts(tls: Files, conf: Files, users: Files | undefined): Mount[] {
  return [
    { path: CONF_FOLDER, files: [{ from: conf }] },
    { path: TLS_FOLDER, files: [{ from: tls, items: { [CERTIFICATE]: CERTIFICATE, [KEY]: KEY } }] },
    ...(users === undefined ? [] : [{ path: HTPASSWD_FOLDER, files: [{ from: users }] }]),
    { scratch: "tmp", path: "/tmp", sizeLimit: "64Mi" },
  ];
}

function probes(): Probes {
  const answers = { httpGet: { path: HEALTH_PATH, port: HEALTH_PORT } };
  return {
    readiness: { ...answers, periodSeconds: 5, timeoutSeconds: 5 },
    liveness: { ...answers, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
  };
}
