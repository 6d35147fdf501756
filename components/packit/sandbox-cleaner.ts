import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { CronTask } from "../platform/cron-task";
import type { Resources } from "../platform/container";
import { ConfigFiles } from "../platform/files";
import type { ContainerImage } from "../platform/image";
import { grant } from "../platform/rights";
import type { Site } from "../platform/site";

/** Where the program is in the pod. */
const FOLDER = "/jobs";

/** A few requests to the API server, with a deletion for each thing that was left over. */
const DEADLINE_SECONDS = 600;

const RESOURCES: Resources = {
  requests: { cpu: "5m", memory: "32Mi" },
  limits: { cpu: "200m", memory: "128Mi" },
};

/** What it does in the sandbox's namespace, and nothing else. */
const RULES: k8s.types.input.rbac.v1.PolicyRule[] = [
  { apiGroups: [""], resources: ["pods", "persistentvolumeclaims"], verbs: ["list", "delete"] },
];

export interface SandboxCleanerArgs {
  /** Where it runs: beside the workers, apart from users' commands. */
  readonly site: Site;
  /** The sandbox's namespace. */
  readonly sandbox: Site;
  /** Any image with Python 3. */
  readonly image: ContainerImage;
  /** The program `clean.py`. */
  readonly program: string;
  /** When, in cron's five fields and UTC. */
  readonly schedule: string;
}

/**
 * Deletes sandbox pods that completed or were killed for their memory more than a day ago, and claims that no pod
 * mounts, all of which count against the namespace's quota.
 */
export class SandboxCleaner extends pulumi.ComponentResource {
  /** @param name - Name of all objects, `sandbox-cleaner`. */
  constructor(name: string, args: SandboxCleanerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:service:SandboxCleaner", name, {}, opts);
    const { site, sandbox, image, schedule } = args;
    const child = { parent: this };
    const program = new ConfigFiles(`${name}-program`, { site, data: { "clean.py": args.program } }, child);
    const { serviceAccount } = new CronTask(
      name,
      {
        site,
        image,
        schedule,
        deadlineSeconds: DEADLINE_SECONDS,
        resources: RESOURCES,
        callsApi: true,
        command: ["python3", "-B", `${FOLDER}/clean.py`],
        args: [sandbox.namespace],
        mounts: [{ path: FOLDER, files: [{ from: program }] }],
      },
      child,
    );
    grant(
      name,
      { site: sandbox, rules: RULES, accounts: [{ namespace: site.namespace, name: serviceAccount }] },
      child,
    );
    this.registerOutputs({});
  }
}
