import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { cached } from "./cache";
import { goBuild, moduleSources } from "./go";
import { kubernetesVersion, pinKey } from "./versions";

/** Where the control plane's programs and files are. */
export interface KubernetesTools {
  readonly bin: string;
  readonly stages: string;
}

const packages = {
  etcd: "go.etcd.io/etcd/server/v3",
  "kube-apiserver": "k8s.io/kubernetes/cmd/kube-apiserver",
  "kube-controller-manager": "k8s.io/kubernetes/cmd/kube-controller-manager",
  "kube-scheduler": "k8s.io/kubernetes/cmd/kube-scheduler",
  kubectl: "k8s.io/kubernetes/cmd/kubectl",
  kwok: "sigs.k8s.io/kwok/cmd/kwok",
};

/** kwok's stages, as its module keeps them: how a node and a pod become ready, and how they and a volume go. */
const stages = [
  "node/fast/node-initialize",
  "pod/fast/pod-ready",
  "pod/fast/pod-complete",
  "pod/fast/pod-delete",
  "volume/fast/pv-delete",
];

/** Whether the programs are in the cache. */
export function hasKubernetes(root: string, cache: string): boolean {
  return existsSync(folderOf(root, cache));
}

/** Gives the control plane's programs, building them where the cache has none: four minutes on two cores. */
export async function ensureKubernetes(root: string, cache: string): Promise<KubernetesTools> {
  const folder = await cached(folderOf(root, cache), async (draft) => {
    const [major = "", minor = ""] = kubernetesVersion.split(".");
    const programs = Object.entries(packages).map(([name, path]) => ({
      package: path,
      output: join(draft, "bin", name),
    }));
    await goBuild(root, "kubernetes", programs, {
      "k8s.io/component-base/version.gitVersion": `v${kubernetesVersion}`,
      "k8s.io/component-base/version.gitMajor": major,
      "k8s.io/component-base/version.gitMinor": minor,
      "k8s.io/component-base/version.gitTreeState": "clean",
      "k8s.io/client-go/pkg/version.gitVersion": `v${kubernetesVersion}`,
    });
    const kwok = await moduleSources(root, "kubernetes", "sigs.k8s.io/kwok");
    const files = [
      ...stages.map((stage) => join(kwok, "kustomize", "stage", `${stage}.yaml`)),
      volumeStage(root),
    ];
    const texts = files.map((file) => readFileSync(file, "utf8"));
    writeFileSync(join(draft, "stages.yaml"), texts.join("\n---\n"));
  });
  return { bin: join(folder, "bin"), stages: join(folder, "stages.yaml") };
}

/** How a claim gets its volume. */
function volumeStage(root: string): string {
  return join(root, "tools", "stages", "volume-provision.yaml");
}

function folderOf(root: string, cache: string): string {
  const key = pinKey(root, ["kubernetes"], [volumeStage(root)]);
  return join(cache, "kubernetes", `${kubernetesVersion}-${key}`);
}
