import type { Area } from "../../rule";
import { noLatest } from "./no-latest";
import { pinned } from "./pinned";
import { pullPolicy } from "./pull-policy";
import { registries } from "./registries";

/** What containers run. */
export const images: Area = {
  name: "images",
  title: "What containers run",
  rules: [noLatest, pinned, pullPolicy, registries],
  leftOut: {
    stale: "no object tells how old an image is; `packit-stacks images status` asks the registry",
  },
};
