import type { Partly } from "../../defaults/sizes";
import type { Deployment } from "../../names";
import type { WrittenCoprSettings } from "../schema";

/** Promise and limit of a container. */
function sized(memory: string, cpu: string, memoryLimit: string, cpuLimit: string) {
  return { requests: { memory, cpu }, limits: { memory: memoryLimit, cpu: cpuLimit } };
}

/** What programs that mostly wait had. */
const SMALL = sized("160Mi", "120m", "256Mi", "200m");
const MIDDLE = sized("320Mi", "300m", "512Mi", "500m");

/** How big everything is: the sizes of the newer deployment, since the older one's ran out of memory (C24). */
export const COPR_SIZES = {
  frontend: { storage: "8Gi", ...sized("640Mi", "600m", "1Gi", "1") },
  databaseJob: MIDDLE,
  database: { storage: "4Gi", memory: "1Gi", cpu: "500m", sharedMemory: "128Mi" },
  keyValue: { storage: "1Gi", memory: "256Mi", cpu: "200m" },
  backend: {
    log: SMALL,
    actions: sized("256Mi", "120m", "1Gi", "500m"),
    builds: sized("512Mi", "300m", "2Gi", "1"),
  },
  results: { storage: "20Gi", ...SMALL },
  distGit: { storage: "10Gi", dispatcher: MIDDLE, httpd: SMALL },
  keygen: { storage: "1Gi", signd: SMALL, httpd: SMALL },
  resalloc: {
    storage: "1Gi",
    server: sized("160Mi", "120m", "512Mi", "200m"),
    webUi: sized("80Mi", "60m", "128Mi", "100m"),
  },
  pulp: { storage: "20Gi", databaseStorage: "4Gi", ...sized("512Mi", "200m", "1Gi", "1") },
  job: MIDDLE,
} as const satisfies Partly<WrittenCoprSettings>;

/** Where an environment differs. 3Gi of results and sources were full in days (C29). */
export const COPR_SIZE_DIFFERENCES: Readonly<Record<Deployment, Partly<WrittenCoprSettings>>> = {
  prod: {
    database: { storage: "50Gi", memory: "4Gi", cpu: "2" },
    keyValue: { storage: "4Gi", memory: "1Gi" },
    results: { storage: "1000Gi" },
    distGit: { storage: "200Gi" },
  },
  stg: { results: { storage: "100Gi" }, distGit: { storage: "50Gi" } },
  // The control plane of this machine and a laptop's cluster.
  dev: {
    frontend: { storage: "1Gi" },
    database: { storage: "1Gi", memory: "512Mi" },
    results: { storage: "4Gi" },
    distGit: { storage: "4Gi" },
  },
};
