import { existsSync } from "node:fs";
import { join } from "node:path";

import { cached } from "./cache";
import { goBuild } from "./go";
import { kubernetesVersion, pinKey } from "./versions";

const packages = {
  etcd: "go.etcd.io/etcd/server/v3",
  "kube-apiserver": "k8s.io/kubernetes/cmd/kube-apiserver",
  "kube-controller-manager": "k8s.io/kubernetes/cmd/kube-controller-manager",
  "kube-scheduler": "k8s.io/kubernetes/cmd/kube-scheduler",
  kubectl: "k8s.io/kubernetes/cmd/kubectl",
  kwok: "sigs.k8s.io/kwok/cmd/kwok",
};

/** Whether the programs are in the cache. */
export function hasKubernetes(root: string, cache: string): boolean {
  return existsSync(folderOf(root, cache));
}

/** Gives the folder of the control plane's programs, building them where the cache has none: four minutes on two cores. */
export async function ensureKubernetes(root: string, cache: string): Promise<string> {
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
  });
  return join(folder, "bin");
}

function folderOf(root: string, cache: string): string {
  return join(cache, "kubernetes", `${kubernetesVersion}-${pinKey(root, ["kubernetes"])}`);
}
