import { parseImage } from "./image";
import type { PackitStackName } from "./names";
import type { WrittenSettings } from "./schema/packit";
import type { ImageSettings } from "./settings";

/** How an ImageStream holds an image. */
export interface ImageFollow {
  /** Tag within the ImageStream. */
  readonly tag: string;
  /** Import whenever the source changes. Off: by the schedule or by hand. */
  readonly scheduled: boolean;
  /** Whether the weekly import (`packit:images.schedule`) covers it. */
  readonly onSchedule: boolean;
}

/** An image as it is written. */
export type WrittenImage = WrittenSettings["images"]["service"];

/** Where an image's default way to follow comes from: Packit's own images move on, others stay until told (D31). */
export type ImageOrigin = "packit" | "other";

/** How the image is followed when the settings leave it open. */
export function defaultFollow(
  stack: PackitStackName,
  platform: WrittenSettings["platform"],
  source: string,
  origin: ImageOrigin,
): NonNullable<WrittenImage["follow"]> {
  if (platform !== "openshift" || parseImage(source)?.digest !== undefined) return "never";
  if (origin === "other") return "manual";
  return stack.deployment === "prod" ? "schedule" : "always";
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
    follow: {
      tag: stack.deployment,
      scheduled: follow === "always",
      onSchedule: follow === "schedule",
    },
  };
}
