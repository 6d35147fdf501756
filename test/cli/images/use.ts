import type { ImageUse } from "../../../stacks/settings";

/** A digest that is easy to tell from others. */
export function digest(letter: string): string {
  return `sha256:${letter.repeat(64)}`;
}

/** The repository of {@link worker}. */
export const REPOSITORY = "quay.io/packit/packit-worker";

/** The workers' image, as a stack uses it on plain Kubernetes. */
export const worker: ImageUse = {
  use: "worker",
  path: ["images", "worker"],
  origin: "packit",
  source: `${REPOSITORY}:stg`,
  reference: `${REPOSITORY}:stg`,
};

/** The same in an ImageStream. */
export const held: ImageUse = {
  ...worker,
  stream: { name: "packit-worker", tag: "stg", scheduled: false, onSchedule: true },
};
