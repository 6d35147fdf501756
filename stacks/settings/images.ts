import { KEY_VALUE_IMAGES, postgresImage } from "./defaults/images";
import { parseImage } from "./image-reference";
import type { PackitStackName, StackName } from "./names";
import type { WrittenSettings } from "./schema/packit";
import type { ImageSettings, ImageUse } from "./settings";
import type { Path } from "./tree";

/** An image as it is written. */
export type WrittenImage = WrittenSettings["images"]["service"];

/** An image whose source may be left to the defaults. */
type PartlyWrittenImage = Partial<WrittenImage>;

/** Packit's own images move on by themselves, those of others stay until told (D31). */
export type ImageOrigin = "packit" | "other";

/** An image that a stack runs, and where its settings are. */
export interface UsedImage {
  /** What commands call it, for example `worker` or `postgres-15`. */
  readonly use: string;
  /** Name of its ImageStream, where there is one. */
  readonly stream: string;
  readonly path: Path;
  readonly image: WrittenImage;
  readonly origin: ImageOrigin;
}

/** Who makes the image of each workload. */
export const IMAGE_ORIGINS = {
  service: "packit",
  worker: "packit",
  fedmsg: "packit",
  dashboard: "packit",
  flower: "other",
  pushgateway: "other",
  nginx: "other",
  centosmsg: "packit",
  tokman: "packit",
  redisCommander: "other",
  fluentd: "other",
  importer: "other",
} as const satisfies Partial<Record<keyof WrittenSettings["images"], ImageOrigin>>;

/** Name of the ImageStream of each image. */
export const STREAMS = {
  service: "packit-service",
  worker: "packit-worker",
  fedmsg: "packit-service-fedmsg",
  dashboard: "packit-dashboard",
  flower: "flower",
  pushgateway: "pushgateway",
  nginx: "nginx",
  centosmsg: "packit-service-centosmsg",
  tokman: "tokman",
  redisCommander: "redis-commander",
  fluentd: "fluentd",
  importer: "image-import",
} as const satisfies Record<keyof typeof IMAGE_ORIGINS, string>;

/** The images that a stack with these settings runs. The workers, not the stack, start the sandbox's. */
export function imagesOf(stack: PackitStackName, written: WrittenSettings): readonly UsedImage[] {
  const { components, images, database, keyValue, platform } = written;
  const names = Object.keys(IMAGE_ORIGINS) as (keyof typeof IMAGE_ORIGINS)[];
  const onSchedule = names.some(
    (name) => resolveImage(stack, platform, images[name], IMAGE_ORIGINS[name]).follow?.onSchedule,
  );
  const switches: Partial<Record<string, boolean>> = {
    ...components,
    nginx: hasNginx(components),
    fluentd: components.fluentdSidecar,
    importer: onSchedule,
  };
  const databases = [database, database.beside].filter((one) => one !== undefined);
  const stores = keyValue.host === undefined ? [keyValue, keyValue.beside] : [];
  return [
    ...names
      .filter((name) => switches[name] !== false)
      .map((name) => ({
        use: name,
        stream: STREAMS[name],
        path: ["images", name],
        image: images[name],
        origin: IMAGE_ORIGINS[name],
      })),
    ...databases.map((one) => ({
      use: databaseName(one.version),
      stream: databaseName(one.version),
      path: ["database", ...(one === database ? [] : ["beside"]), "image"],
      image: databaseImage(one.version, one.image),
      origin: "other" as const,
    })),
    ...stores
      .filter((one) => one !== undefined)
      .map((one) => ({
        use: one.kind,
        stream: one.kind,
        path: ["keyValue", ...(one === keyValue ? [] : ["beside"]), "image"],
        image: keyValueImage(one.kind, one.image),
        origin: "other" as const,
      })),
  ];
}

/** Whether there is an nginx: it publishes Flower and the metrics, either without the other (D07, D08). */
export function hasNginx(components: WrittenSettings["components"]): boolean {
  return components.flower || components.pushgateway;
}

/** Every image that somebody may want to import or pin: those that the stack runs, and the sandbox's. */
export function imageUses(stack: PackitStackName, written: WrittenSettings): readonly ImageUse[] {
  const { images, platform, components } = written;
  const run = imagesOf(stack, written).map(({ use, stream, path, image, origin }): ImageUse => {
    const { follow, source: reference } = resolveImage(stack, platform, image, origin);
    return {
      use,
      path,
      origin,
      source: image.source,
      reference,
      ...(image.pin !== undefined && { pin: image.pin }),
      ...(follow !== undefined && { stream: { name: stream, ...follow } }),
    };
  });
  if (!components.sandbox) return run;
  const { source, pin } = images.sandcastle;
  const path = ["images", "sandcastle"];
  const reference = pinned(source, pin);
  return [
    ...run,
    { use: "sandcastle", path, origin: "packit", source, reference, ...(pin !== undefined && { pin }) },
  ];
}

/** Name of a PostgreSQL's objects. */
export function databaseName(version: WrittenSettings["database"]["version"]): string {
  return `postgres-${version}`;
}

/** The image of a PostgreSQL, by default that of its version. */
export function databaseImage(
  version: WrittenSettings["database"]["version"],
  image: PartlyWrittenImage | undefined,
): WrittenImage {
  return { source: postgresImage(version), ...image };
}

/** The image of a key-value store, by default that of its kind. */
export function keyValueImage(
  kind: WrittenSettings["keyValue"]["kind"],
  image: PartlyWrittenImage | undefined,
): WrittenImage {
  return { source: KEY_VALUE_IMAGES[kind], ...image };
}

/** The image as a workload gets it. */
export function resolveImage(
  stack: StackName,
  platform: WrittenSettings["platform"],
  image: WrittenImage,
  origin: ImageOrigin,
): ImageSettings {
  const { source, pin, pullPolicy, follow = defaultFollow(stack, platform, source, origin) } = image;
  const reference = pinned(source, pin);
  const asWritten = { source: reference, ...(pullPolicy !== undefined && { pullPolicy }) };
  if (follow === "never") return asWritten;
  const moves = pin === undefined;
  return {
    ...asWritten,
    follow: {
      tag: stack.deployment,
      scheduled: moves && follow === "always",
      onSchedule: moves && follow === "schedule",
    },
  };
}

/**
 * What runs of a source: the pinned digest, else what the source says. A digest goes without its tag, which not every
 * container runtime takes beside it.
 */
export function pinned(source: string, pin: string | undefined): string {
  const image = parseImage(source);
  const digest = pin ?? image?.digest;
  return image === undefined || digest === undefined
    ? source
    : `${image.registry}/${image.repository}@${digest}`;
}

/** Whether a platform can hold an image in an ImageStream: all but plain Kubernetes. */
export function hasImageStreams(platform: WrittenSettings["platform"]): boolean {
  return platform !== "kubernetes";
}

function defaultFollow(
  stack: StackName,
  platform: WrittenSettings["platform"],
  source: string,
  origin: ImageOrigin,
): NonNullable<WrittenImage["follow"]> {
  if (!hasImageStreams(platform) || parseImage(source)?.digest !== undefined) return "never";
  if (origin === "other") return "manual";
  // A test instance gets what its author has just built.
  return stack.deployment === "dev" ? "always" : "schedule";
}
