import type { Area } from "../../rule";
import { bounds } from "./bounds";
import { guaranteed } from "./guaranteed";
import { limits } from "./limits";
import { ratio } from "./ratio";
import { scratchLimits } from "./scratch-limits";

/** What containers may use. */
export const resources: Area = {
  name: "resources",
  title: "What containers may use",
  rules: [bounds, guaranteed, limits, ratio, scratchLimits],
  leftOut: {
    quota:
      "the platform sets the quota of a namespace, and the stack has no right to; `packit-stacks quota` compares the sums",
  },
};
