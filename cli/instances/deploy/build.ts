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
    work.built = await buildFor(
      { references, base, runs: new Set(images), settings, running: runningIn(work), cluster, local },
      { onProgress: say },
    );
    return `${images.join(", ")} ${images.length === 1 ? "is" : "are"} there`;
  },
};

/** The images that the base runs, which the code goes on top of. */
function runningIn({ paths, plan }: Work): Partial<Record<BuiltImage, string>> {
  const { imageUses } = settingsOf(paths, plan.request.base);
  return Object.fromEntries(
    imageUses.flatMap(({ use, reference }) =>
      BUILT_IMAGES.some((one) => one === use) ? [[use, reference]] : [],
    ),
  );
}
