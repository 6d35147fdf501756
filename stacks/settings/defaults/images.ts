import { type Deployment, deploymentOf, type PackitStackName } from "../names";
import type { WrittenSettings } from "../schema/packit";

/** Tag of Packit's own images by environment. No image is built for dev, which runs staging's. */
const TAGS: Readonly<Record<Deployment, string>> = { dev: "stg", stg: "stg", prod: "prod" };

/** Images of a stack; a test instance runs those of its base. */
export function imageDefaults(stack: PackitStackName): WrittenSettings["images"] {
  const tag = TAGS[deploymentOf(stack.base)];
  const packit = (name: string) => ({ source: `quay.io/packit/${name}:${tag}` });
  return {
    // Production moves on Tuesday at 02:00 and staging every hour (D39).
    schedule: stack.deployment === "prod" ? "0 2 * * 2" : "0 * * * *",
    service: packit("packit-service"),
    worker: packit("packit-worker"),
    fedmsg: packit("packit-service-fedmsg"),
    dashboard: packit("dashboard"),
    sandcastle: packit("sandcastle"),
    centosmsg: packit("packit-service-centosmsg"),
    tokman: packit("tokman"),
    // Not Packit's own: imported only when told to, so that nobody else's push restarts a service (D31).
    // Upstream's Flower: Packit's own copy has no tag but latest.
    flower: { source: "docker.io/mher/flower:2.0.1" },
    pushgateway: { source: "ghcr.io/zapier/prom-aggregation-gateway:v0.7.0" },
    nginx: { source: "quay.io/nginx/nginx-unprivileged:1.29" },
    redisCommander: { source: "ghcr.io/joeferner/redis-commander:0.9.0" },
    // The maker's of the plugin for Splunk: Packit's own image has no tag but latest.
    fluentd: { source: "docker.io/splunk/fluentd-hec:1.3.2" },
    importer: { source: "registry.access.redhat.com/ubi9/ubi-minimal:9.6" },
  };
}

/** Image of a major version of PostgreSQL. */
export function postgresImage(version: WrittenSettings["database"]["version"]): string {
  return `quay.io/sclorg/postgresql-${version}-c9s:c9s`;
}

/** Images of the key-value stores, each with registry and tag (D31). */
export const KEY_VALUE_IMAGES: Readonly<Record<WrittenSettings["keyValue"]["kind"], string>> = {
  valkey: "docker.io/valkey/valkey:8",
  redict: "registry.redict.io/redict:7",
  redis: "quay.io/sclorg/redis-7-c9s:c9s",
};
