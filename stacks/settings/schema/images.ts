import * as z from "zod";

import { cron, imageDigest, imageSource } from "./values";

const source = imageSource.meta({ description: "Where the image comes from." });

const follow = z.enum(["always", "schedule", "manual", "never"]).exactOptional().meta({
  description:
    "How new images of the source's tag arrive. `always`, `schedule` (by `packit:images.schedule`) and `manual` hold the image in an ImageStream (OpenShift only); `never` runs `source` as it stands. Default: `never` with a digest or on plain Kubernetes, otherwise what fits the environment.",
});

const pin = imageDigest.exactOptional().meta({
  description:
    "Run this digest of the source's repository and nothing newer, until it is taken out again. Written by `packit-stacks images pin` and `rollback`.",
});

const pullPolicy = z.enum(["Always", "IfNotPresent", "Never"]).exactOptional().meta({
  description:
    "When a node asks the registry for the image. `Never`: it has been loaded into the node. Default: `IfNotPresent`.",
});

/** An image that a workload runs. */
export const image = z.strictObject({ source, follow, pin, pullPolicy });

/** An image whose source is by default that of a version or kind. */
export const imageOfKind = z.strictObject({
  source: source.exactOptional(),
  follow,
  pin,
  pullPolicy,
});

/** Images of the workloads without a version or kind of their own. */
export const images = z.strictObject({
  schedule: cron.meta({ description: "When images with `follow: schedule` are imported, in UTC." }),
  service: image.meta({ description: "Image of the web API." }),
  worker: image.meta({ description: "Image of workers and beat." }),
  fedmsg: image.meta({ description: "Image of fedmsg." }),
  dashboard: image.meta({ description: "Image of the dashboard." }),
  flower: image.meta({ description: "Image of Flower." }),
  pushgateway: image.meta({ description: "Image of the pushgateway." }),
  nginx: image.meta({ description: "Image of nginx." }),
  centosmsg: image.meta({ description: "Image of centosmsg." }),
  tokman: image.meta({ description: "Image of tokman." }),
  redisCommander: image.meta({ description: "Image of redis-commander." }),
  fluentd: image.meta({
    description:
      "Image of the sidecar: fluentd with the plugin splunk_hec, which reads /fluentd/etc/fluent.conf.",
  }),
  importer: image.meta({
    description: "Image of the import by schedule: anything with a shell, curl and grep.",
  }),
  sandcastle: z
    .strictObject({ source, pin })
    .meta({ description: "Image of the sandbox pods, which the workers start themselves." }),
});
