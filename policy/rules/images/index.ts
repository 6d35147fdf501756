import type { Area } from "../../rule";
import { noLatest } from "./no-latest";
import { pinned } from "./pinned";

/** What containers run. */
export const images: Area = { name: "images", title: "What containers run", rules: [noLatest, pinned] };
