import { settingsOf } from "../../settings-of";
import { BUILT_IMAGES, type BuiltImage } from "../images/model";
import { buildFor } from "../images/for-instance";
import { checkDeploymentCode } from "./deployment-code";
import { imagesToBuild } from "./describe";
import { changed } from "./record";
import type { Step, Work } from "./step";

/** Builds the images that the code goes into, unless they have been built before. Nothing that runs is touched. */
export const build: Step = {
  name: "build",
  title: "build the images that the code goes into",
  async run(work, say) {
    const { plan, cluster, paths } = work;
    const { references, base } = plan.request;
    await checkDeploymentCode(references, paths.root);
    const images = imagesToBuild(plan);
    if (images.length === 0) return "nothing to build";
    await changed(work, "building");
    const { settings, local } = plan;
    const before = new Set<BuiltImage>();
    const onFound = (image: BuiltImage): void => {
      before.add(image);
    };
    work.built = await buildFor(
      { references, base, runs: new Set(images), settings, running: runningIn(work), cluster, local },
      { onProgress: say, onFound, signal: work.held.signal },
    );
    return builtText(images, before);
  },
};

/** `built worker; service was built before`. */
export function builtText(images: readonly BuiltImage[], before: ReadonlySet<BuiltImage>): string {
  const fresh = images.filter((image) => !before.has(image));
  const found = images.filter((image) => before.has(image));
  return [
    ...(fresh.length === 0 ? [] : [`built ${fresh.join(", ")}`]),
    ...(found.length === 0
      ? []
      : [`${found.join(", ")} ${found.length === 1 ? "was" : "were"} built before`]),
  ].join("; ");
}

/** The images that the base runs, which the code goes on top of. */
function runningIn({ paths, plan }: Work): Partial<Record<BuiltImage, string>> {
  const { imageUses } = settingsOf(paths, plan.request.base);
  return Object.fromEntries(
    imageUses.flatMap(({ use, reference }) =>
      BUILT_IMAGES.some((one) => one === use) ? [[use, reference]] : [],
    ),
  );
}
