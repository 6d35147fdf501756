import { join } from "node:path";
import { parseArgs } from "node:util";

import { onError, onOutput } from "../../tools/process/colours";
import { localFolder } from "../../tools/setup/project";
import { reasonOf } from "./error";
import { type ClusterStatus, clusterStatus, type ProgramStatus, startCluster, stopCluster } from "./index";

const usage = "usage: cluster up|down|status [--dir FOLDER] [--json]";

/** What each program is for those who have not met it. */
const purposes: Readonly<Record<ProgramStatus["name"], string>> = {
  etcd: "data store",
  "kube-apiserver": "Kubernetes API",
  "kube-controller-manager": "Kubernetes' own controllers",
  "kube-scheduler": "places pods",
  kwok: "plays the kubelets: pods become Ready, claims are bound, nothing is run",
  "openshift-stand-in": "does what OpenShift would with Project, Route, ImageStream and image triggers",
};

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { dir: { type: "string" }, json: { type: "boolean" } },
  });
  const dir = values.dir ?? join(localFolder(), "cluster");
  const begun = performance.now();
  const seconds = (): string => `${((performance.now() - begun) / 1000).toFixed(1)} s`;
  switch (positionals[0]) {
    case "up": {
      const onProgress = (line: string): void => {
        console.log(onOutput.dim(line));
      };
      const { kubeconfig, port, started } = await startCluster(dir, { onProgress });
      const what = started ? `ready after ${seconds()}` : "runs already";
      console.log(`local control plane ${what}: https://127.0.0.1:${port}, kubeconfig ${kubeconfig}`);
      return;
    }
    case "down": {
      const count = await stopCluster(dir);
      console.log(
        count === 0 ? "local control plane: nothing runs" : `local control plane stopped (${seconds()})`,
      );
      return;
    }
    case "status": {
      const status = await clusterStatus(dir);
      console.log(values.json === true ? JSON.stringify(status, undefined, 2) : describe(status));
      process.exitCode = status.state === "degraded" ? 1 : 0;
      return;
    }
    default:
      throw new Error(usage);
  }
}

function describe({ state, server, kubernetesVersion, kubeconfig, programs }: ClusterStatus): string {
  const head = [
    `local control plane: ${state}`,
    ...(kubernetesVersion === undefined ? [] : [kubernetesVersion]),
  ];
  const rows = programs.map(({ name, running, pid, memoryMiB }) => {
    const facts = running ? `pid ${pid ?? "?"}, ${memoryMiB ?? "?"} MiB` : "not running";
    return `  ${name.padEnd(24)} ${facts.padEnd(22)} ${onOutput.dim(purposes[name])}`;
  });
  const total = programs.reduce((sum, { memoryMiB = 0 }) => sum + memoryMiB, 0);
  return [
    head.join(", "),
    ...(server === undefined ? [] : [`  ${server}`, `  kubeconfig ${kubeconfig}`]),
    ...rows,
    ...(total === 0 ? [] : [`  ${"together".padEnd(24)} ${total} MiB`]),
  ].join("\n");
}

main().catch((error: unknown) => {
  console.error(`${onError.red("error:")} ${reasonOf(error)}`);
  process.exitCode = 1;
});
