import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { Clone } from "./clone";
import { type Command, run } from "./commands";
import { workloadsReady } from "./readiness";

/** How often the API server is asked whether all is ready, in milliseconds. */
const POLL_MS = 50;

/** How long to wait for it, in milliseconds. */
const PATIENCE_MS = 60_000;

/** `kubectl` with the clone's control plane. */
export class Kubectl {
  constructor(private readonly clone: Clone) {}

  command(...args: readonly string[]): Command {
    const kubeconfig = this.clone.path(".local", "cluster", "kubeconfig");
    return {
      file: join(this.clone.toolchain.kubernetesBin, "kubectl"),
      args: ["--kubeconfig", kubeconfig, ...args],
      cwd: this.clone.root,
    };
  }

  /** Whether the workloads of an instance run as wished, and there are some. */
  async areReady(instance: string): Promise<boolean> {
    const workloads = ["get", "deployments,statefulsets", "--all-namespaces", "--output=json"];
    return workloadsReady(await run(this.command(...workloads, selector(instance))));
  }

  /** @throws Error after a minute */
  async untilReady(instance: string): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while (!(await this.areReady(instance))) {
      if (Date.now() > deadline) throw new Error(`the workloads of ${instance} are not ready after a minute`);
      await sleep(POLL_MS);
    }
  }

  /** Deletes an instance's namespaces and what asked for them, with what was left in them on purpose. */
  async deleteNamespaces(instance: string): Promise<void> {
    const kinds = "tenantnamespaces,projects,namespaces";
    await run(
      this.command(
        ...["delete", kinds, selector(instance), "--all-namespaces", "--ignore-not-found", "--wait"],
      ),
    );
  }
}

function selector(instance: string): string {
  return `--selector=app.kubernetes.io/instance=${instance}`;
}
