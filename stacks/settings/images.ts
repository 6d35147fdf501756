import { KEY_VALUE_IMAGES, postgresImage } from "./defaults/images";
import { parseImage } from "./image-reference";
import type { PackitStackName } from "./names";
import type { WrittenSettings } from "./schema/packit";
import type { ImageSettings } from "./settings";
import type { Path } from "./tree";

/** An image as it is written. */
export type WrittenImage = WrittenSettings["images"]["service"];

/** Packit's own images move on by themselves, those of others stay until told (D31). */
export type ImageOrigin = "packit" | "other";

/** An image that a stack runs, and where its settings are. */
export interface UsedImage {
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
} as const satisfies Partial<Record<keyof WrittenSettings["images"], ImageOrigin>>;

/** The images that a stack with these settings runs. The workers, not the stack, start the sandbox's. */
export function imagesOf(written: WrittenSettings): readonly UsedImage[] {
  const { components, images, database, keyValue } = written;
  const switches: Partial<Record<string, boolean>> = { ...components, nginx: hasNginx(components) };
  const names = Object.keys(IMAGE_ORIGINS) as (keyof typeof IMAGE_ORIGINS)[];
  const databases = [database, database.beside].filter((one) => one !== undefined);
  const stores = keyValue.host === undefined ? [keyValue, keyValue.beside] : [];
  return [
    ...names
      .filter((name) => switches[name] !== false)
      .map((name) => ({ path: ["images", name], image: images[name], origin: IMAGE_ORIGINS[name] })),
    ...databases.map((one) => ({
      path: ["database", ...(one === database ? [] : ["beside"]), "image"],
      image: databaseImage(one.version, one.image),
      origin: "other" as const,
    })),
    ...stores
      .filter((one) => one !== undefined)
      .map((one) => ({
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

/** The image of a PostgreSQL, by default that of its version. */
export function databaseImage(
  version: WrittenSettings["database"]["version"],
  image: WrittenImage | undefined,
): WrittenImage {
  return image ?? { source: postgresImage(version) };
}

/** The image of a key-value store, by default that of its kind. */
export function keyValueImage(
  kind: WrittenSettings["keyValue"]["kind"],
  image: WrittenImage | undefined,
): WrittenImage {
  return image ?? { source: KEY_VALUE_IMAGES[kind] };
}

/** The image as a workload gets it. */
export function resolveImage(
  stack: PackitStackName,
  platform: WrittenSettings["platform"],
  image: WrittenImage,
  origin: ImageOrigin,
): ImageSettings {
  const { source, follow = defaultFollow(stack, platform, source, origin) } = image;
  if (follow === "never") return { source };
  return {
    source,
    follow: { tag: stack.deployment, scheduled: follow === "always", onSchedule: follow === "schedule" },
  };
}

/** Whether a platform can hold an image in an ImageStream: all but plain Kubernetes. */
export function hasImageStreams(platform: WrittenSettings["platform"]): boolean {
  return platform !== "kubernetes";
}

function defaultFollow(
  stack: PackitStackName,
  platform: WrittenSettings["platform"],
  source: string,
  origin: ImageOrigin,
): NonNullable<WrittenImage["follow"]> {
  if (!hasImageStreams(platform) || parseImage(source)?.digest !== undefined) return "never";
  if (origin === "other") return "manual";
  return stack.deployment === "prod" ? "schedule" : "always";
}
