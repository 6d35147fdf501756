import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { claim } from "../platform/claim";
import { grant } from "../platform/rights";
import { objectLabels, type Site } from "../platform/site";
import type { CacheVolume } from "./repository-cache-filler";

/** What sandcastle calls, and nothing else: no Secrets, no roles, nothing outside its namespace. */
const RULES: k8s.types.input.rbac.v1.PolicyRule[] = [
  { apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "create", "delete"] },
  { apiGroups: [""], resources: ["pods/exec"], verbs: ["get", "create"] },
  { apiGroups: [""], resources: ["pods/log"], verbs: ["get"] },
  { apiGroups: [""], resources: ["persistentvolumeclaims"], verbs: ["list", "create", "delete"] },
];

/** The account of a worker. */
export interface WorkerAccount {
  readonly namespace: pulumi.Input<string>;
  readonly serviceAccount: pulumi.Input<string>;
}

export interface SandboxArgs {
  /** The sandbox's namespace, in which nothing else runs. */
  readonly site: Site;
  /** Workers that run their commands here. */
  readonly workers: readonly WorkerAccount[];
  /** Clones of big repositories, one volume for each of these worker pods. @default none */
  readonly caches?: { readonly pods: readonly string[]; readonly storage: string } | undefined;
  /** Most that all pods and claims together may ask for, for example `{ "limits.memory": "6Gi" }`. @default no limit */
  readonly quota?: Readonly<Record<string, string>> | undefined;
}

/** The namespace in which workers run users' commands, in pods that they make and delete themselves. */
export class Sandbox extends pulumi.ComponentResource {
  /** Volumes with clones of big repositories. */
  readonly caches: readonly CacheVolume[];

  /** @param name - Name of all objects but the claims, `sandcastle`. */
  constructor(name: string, args: SandboxArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:service:Sandbox", name, {}, opts);
    const { site, caches, quota } = args;
    const child = { parent: this };
    const metadata = { name, namespace: site.namespace, labels: objectLabels(site, name) };

    // To the workers' own accounts: whatever else runs beside them has no business here (D24).
    const accounts = args.workers.map(({ namespace, serviceAccount }) => ({
      namespace,
      name: serviceAccount,
    }));
    grant(name, { site, rules: RULES, accounts }, child);
    // Users' commands run here, and nobody connects to them: workers come through the API server.
    new k8s.networking.v1.NetworkPolicy(
      name,
      { metadata, spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [] } },
      child,
    );
    if (quota !== undefined) {
      new k8s.core.v1.ResourceQuota(name, { metadata, spec: { hard: { ...quota } } }, child);
    }
    this.caches =
      caches === undefined
        ? []
        : caches.pods.map((pod) => {
            const size = { component: name, storage: caches.storage, disposable: true };
            const { metadata } = claim(cacheClaim(pod), { site, ...size }, child);
            return { pod, claim: metadata.name, held: false };
          });
    this.registerOutputs({});
  }
}

/** A worker's start script makes the name from that of its pod, so every pod needs a claim of its own (D23). */
function cacheClaim(pod: string): string {
  return `sandcastle-repository-cache-${pod}`;
}
