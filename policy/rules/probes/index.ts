import type { Area } from "../../rule";
import { liveness } from "./liveness";
import { patience } from "./patience";
import { port } from "./port";
import { readiness } from "./readiness";

/** How the cluster learns about a pod's health. */
export const probes: Area = {
  name: "probes",
  title: "How the cluster learns about a pod's health",
  rules: [liveness, patience, port, readiness],
};
