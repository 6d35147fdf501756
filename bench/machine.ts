import { cpus, release, totalmem, type } from "node:os";

import type { Toolchain } from "../tools/setup/toolchain";
import { kubernetesVersion } from "../tools/setup/versions";

/** Where and with what the figures were taken. */
export type Circumstances = readonly (readonly [label: string, value: string])[];

export function circumstances(
  { pulumiVersion, pulumiSource, plugins }: Pick<Toolchain, "pulumiVersion" | "pulumiSource" | "plugins">,
  date: Date,
): Circumstances {
  const [first, ...others] = cpus();
  return [
    ["date", date.toISOString().slice(0, 10)],
    ["processor", `${others.length + 1} × ${first?.model.trim() ?? "unknown"}`],
    ["memory", `${Math.round(totalmem() / 1024 ** 3)} GiB`],
    ["system", `${type()} ${release()}`],
    ["Node.js", process.versions.node],
    ["Pulumi", `${pulumiVersion}, ${pulumiSource}`],
    ["plugins", plugins],
    ["Kubernetes", `${kubernetesVersion} (local control plane)`],
  ];
}
