import * as pulumi from "@pulumi/pulumi";

import { RedisCommander } from "../../components/data/redis-commander";
import { Nginx } from "../../components/edge/nginx";
import { Pushgateway, PUSHGATEWAY_PORT } from "../../components/edge/pushgateway";
import { Flower, FLOWER_PORT } from "../../components/packit/flower";
import type { Site } from "../../components/platform/site";
import type { Settings } from "../settings";
import type { Images } from "./images";
import { brokerUrl, flowerUsers, type SharedSecrets } from "./secret-files";
import type { SecretValues } from "./secret-values";
import { workerNames } from "./workers";

/**
 * What lets people look in: metrics and queues, behind nginx, which is there when either is (D07, D08), and the keys
 * of the key-value store.
 */
export function observability(
  site: Site,
  settings: Settings,
  images: Images,
  secrets: SharedSecrets,
  values: SecretValues,
  opts: pulumi.ComponentResourceOptions,
): void {
  const { components, hosts } = settings;
  const pushgateway = components.pushgateway
    ? new Pushgateway(
        "pushgateway",
        {
          site,
          image: images.of("pushgateway"),
          resources: settings.pushgateway,
          clients: ["nginx", ...workerNames(settings)],
        },
        opts,
      )
    : undefined;
  const flower = components.flower
    ? new Flower(
        "flower",
        {
          site,
          image: images.of("flower"),
          brokerUrl: brokerUrl("flower-broker", site, settings, values, opts),
          clients: ["nginx"],
          resources: settings.flower,
        },
        opts,
      )
    : undefined;
  if (values.redisCommander !== undefined) {
    new RedisCommander(
      "redis-commander",
      {
        site,
        image: images.of("redisCommander"),
        resources: settings.redisCommander,
        store: { host: settings.keyValue.hostname, password: values.keyValue.password },
        login: values.redisCommander,
        host: hosts.redisCommander,
      },
      opts,
    );
  }
  if (!components.nginx) return;
  new Nginx(
    "nginx",
    {
      site,
      image: images.of("nginx"),
      resources: settings.nginx,
      replicas: settings.nginx.replicas,
      host: hosts.workers,
      tls: secrets.tls,
      ...(pushgateway && { metrics: { host: pushgateway.host, port: PUSHGATEWAY_PORT } }),
      ...(flower && {
        flower: { host: flower.host, port: FLOWER_PORT, htpasswd: flowerUsers(site, values, opts) },
      }),
    },
    opts,
  );
}
