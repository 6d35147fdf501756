import * as pulumi from "@pulumi/pulumi";

import type { Application } from "../../components/packit/application";
import { Centosmsg } from "../../components/packit/centosmsg";
import { busPort } from "../../components/packit/config/fedora-messaging";
import type { Queue, Sentry } from "../../components/packit/connections";
import { Fedmsg } from "../../components/packit/fedmsg";
import { SecretFiles } from "../../components/platform/files";
import type { Site } from "../../components/platform/site";
import type { Settings } from "../settings";
import type { Images } from "./images";
import { messagingFiles } from "./messaging-files";
import { brokerUrl } from "./secret-files";
import type { SecretValues } from "./secret-values";

/** What every listener gets. */
export interface ListenerSupplies {
  readonly site: Site;
  readonly application: Application;
  readonly queue: Queue;
  readonly sentry?: Sentry | undefined;
}

/** What listens to the messages of others and hands them to the workers: Fedora's and CentOS's. */
export function listeners(
  settings: Settings,
  supplies: ListenerSupplies,
  images: Images,
  values: SecretValues,
  opts: pulumi.ComponentResourceOptions,
): void {
  const { components, messaging, centosMessages } = settings;
  const { site } = supplies;
  if (components.fedmsg) {
    new Fedmsg(
      "packit-service-fedmsg",
      {
        ...supplies,
        image: images.of("fedmsg"),
        ...messagingFiles(site, messaging, values, opts),
        busPort: busPort(messaging.amqpUrl),
        livenessTimeoutMinutes: messaging.livenessTimeoutMinutes,
        resources: settings.fedmsg,
      },
      opts,
    );
  }
  // The settings have refused already to do without its certificate.
  if (components.centosmsg && values.centosmsg !== undefined) {
    const { certificate, serverCa } = values.centosmsg;
    const data = { "centos.cert": certificate, "centos-server-ca.cert": serverCa };
    new Centosmsg(
      "packit-service-centosmsg",
      {
        ...supplies,
        image: images.of("centosmsg"),
        messages: centosMessages,
        queueNamePrefix: centosMessages.queueNamePrefix,
        brokerUrl: brokerUrl("centosmsg-broker", site, settings, values, opts),
        certificates: new SecretFiles("centos-secrets", { site, data }, opts),
        resources: settings.centosmsg,
      },
      opts,
    );
  }
}
