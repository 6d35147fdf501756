import * as pulumi from "@pulumi/pulumi";

import { fedoraMessaging, MOUNTED_CERTIFICATE } from "../../components/packit/config/fedora-messaging";
import { SecretFiles } from "../../components/platform/files";
import type { Site } from "../../components/platform/site";
import type { Settings } from "../settings";
import type { SecretValues } from "./secret-values";

/** What the listener reads: its configuration, and its certificate when it is not the image's. */
export function messagingFiles(
  site: Site,
  settings: Settings["messaging"],
  { messaging }: SecretValues,
  opts: pulumi.CustomResourceOptions,
): { readonly config: SecretFiles; readonly certificate?: SecretFiles } {
  const { amqpUrl, app, exchange, routingKeys, queue: flags } = settings;
  const { queue, certificate } = messaging;
  const toml = queue.apply((name) =>
    fedoraMessaging({
      amqpUrl,
      app,
      exchange,
      routingKeys,
      queue: { name, ...flags },
      ...(certificate && { certificate: MOUNTED_CERTIFICATE }),
    }),
  );
  const files = (name: string, data: Record<string, pulumi.Input<string>>): SecretFiles =>
    new SecretFiles(name, { site, data }, opts);
  return {
    config: files("fedora-messaging", { "fedora.toml": toml }),
    ...(certificate && {
      certificate: files("fedora-messaging-certificate", {
        "cacert.pem": certificate.ca,
        "fedora-key.pem": certificate.key,
        "fedora-cert.pem": certificate.cert,
      }),
    }),
  };
}
