import * as pulumi from "@pulumi/pulumi";

import { existingNamespace } from "../../components/platform/existing-namespace";
import type { Platform } from "../../components/platform/platform";
import type { Site } from "../../components/platform/site";
import { testBounds } from "../../components/platform/test-bounds";
import type { Settings } from "../settings";

/** The namespaces of an instance. */
export interface Sites {
  readonly main: Site;
  /** Where users' commands run; absent when they run in the workers. */
  readonly sandbox?: Site;
  /** When the main namespace was made. */
  readonly createdAt: pulumi.Output<string>;
}

export function makeSites(settings: Settings, platform: Platform, opts: pulumi.CustomResourceOptions): Sites {
  const { durable, keep, namespace, namespaceExists, sandboxNamespace, stack, testInstances, ttl } = settings;
  const instance = stack.name;
  const whose = {
    instance,
    durable,
    ...(ttl !== undefined && { ttl }),
    ...(keep !== undefined && { keep }),
  };
  const site = (name: string, made: pulumi.Output<string>): Site => {
    const own = { platform, namespace: made, instance, durable };
    if (stack.kind === "test-instance") testBounds(name, own, testInstances.quota, opts);
    return own;
  };
  const main = namespaceExists
    ? existingNamespace(namespace, opts)
    : platform.namespace(namespace, { ...whose, podSecurity: "restricted" }, opts);
  const { createdAt } = main;
  if (sandboxNamespace === undefined) return { main: site(namespace, main.name), createdAt };
  // The workers' code makes the pods there without a security context. OpenShift adds one to them, plain Kubernetes
  // does not and would refuse them under `restricted`.
  const podSecurity = platform.securesPods ? "restricted" : "baseline";
  const sandbox = platform.namespace(sandboxNamespace, { ...whose, podSecurity }, opts);
  return { main: site(namespace, main.name), sandbox: site(sandboxNamespace, sandbox.name), createdAt };
}
