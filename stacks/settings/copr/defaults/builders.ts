import type { CoprStackName } from "../../names";
import type { WrittenCoprSettings } from "../schema";
import type { WrittenPool } from "../schema/builders";

/** The account in which Fedora publishes its images. */
const FEDORA = "125523088429";

/** Fedora's release of the builders. */
const RELEASE = 43;

/** The builders of a stack whose file says nothing. */
export function builderDefaults({
  deployment,
}: CoprStackName): Pick<WrittenCoprSettings, "aws" | "builders"> {
  const isDev = deployment === "dev";
  // One is ready in shared environments, and paid for; a developer waits.
  const x86: WrittenPool = {
    architecture: "x86_64",
    // 16 GiB: the old 4 GiB with 32 GiB of memory file system ended with the memory (C25).
    instanceType: "c6a.2xlarge",
    emulated: ["s390x", "ppc64le", "aarch64"],
    max: isDev ? 2 : 4,
    maxStarting: 1,
    maxPrealloc: isDev ? 0 : 1,
    reuse: { opportunitySeconds: 180, maxCount: 8, maxSeconds: 1800 },
    rootVolume: "40Gi",
    swap: "16Gi",
    mockTmpfs: "24Gi",
  };
  return {
    builders: {
      enabled: true,
      pools: { x86 },
      // The longest build may take 30 hours, and its builder has to start before.
      maxAgeHours: 36,
      maxInstances: isDev ? 4 : 20,
      // Whoever turns it on has read a report.
      reaper: isDev ? "terminate" : "report",
    },
    aws: {
      region: "us-east-1",
      network: { subnets: [], cidr: "10.74.0.0/16", privateAddresses: false },
      clusterEgress: [],
      images: { x86_64: fedoraImage("x86_64"), aarch64: fedoraImage("aarch64") },
      // The region's own setting, which a stack that shares its account cannot know of.
      encryptedVolumesOnly: false,
      tags: {},
    },
  };
}

function fedoraImage(architecture: string) {
  return { owner: FEDORA, name: `Fedora-Cloud-Base-AmazonEC2.${architecture}-${RELEASE}-*` };
}
