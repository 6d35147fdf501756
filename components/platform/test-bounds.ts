import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Amounts } from "./container";
import { siteLabels, type Site } from "./site";

/** Annotation of a test instance's namespaces that says how long it lives, for example `48h`, or `never`. */
export const TTL_ANNOTATION = "packit.dev/ttl";

/** Annotation that says why one without an end stays. */
export const KEEP_ANNOTATION = "packit.dev/keep";

/** Most that everything in a test instance's namespace may ask for together. */
export interface TestQuota {
  readonly pods: number;
  readonly cpu: string;
  readonly memory: string;
  readonly storage: string;
}

/** Limits of a container that names none, such as one that somebody starts by hand. */
const DEFAULT_LIMITS: Amounts = { cpu: "500m", memory: "512Mi" };

/** What it counts as meanwhile. */
const DEFAULT_REQUESTS: Amounts = { cpu: "10m", memory: "64Mi" };

/** Keeps a test instance's namespace from taking what others need, whatever its pull request does. */
export function testBounds(
  name: string,
  site: Site,
  quota: TestQuota,
  opts: pulumi.CustomResourceOptions,
): void {
  const metadata = { name: "test-instance", namespace: site.namespace, labels: siteLabels(site) };
  new k8s.core.v1.ResourceQuota(
    name,
    {
      metadata,
      spec: {
        hard: {
          pods: String(quota.pods),
          "limits.cpu": quota.cpu,
          "limits.memory": quota.memory,
          "requests.storage": quota.storage,
        },
      },
    },
    opts,
  );
  new k8s.core.v1.LimitRange(
    name,
    {
      metadata,
      spec: {
        limits: [
          { type: "Container", default: { ...DEFAULT_LIMITS }, defaultRequest: { ...DEFAULT_REQUESTS } },
        ],
      },
    },
    opts,
  );
}
