import type { Area } from "../../rule";
import { limits } from "./limits";

/** What containers may use. */
export const resources: Area = { name: "resources", title: "What containers may use", rules: [limits] };
