import * as pulumi from "@pulumi/pulumi";

import { existingNamespace } from "../../components/platform/existing-namespace";
import type { Platform } from "../../components/platform/platform";
import type { Site } from "../../components/platform/site";
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
  const { durable, namespace, namespaceExists, sandboxNamespace, stack } = settings;
  const instance = stack.name;
  const site = (name: pulumi.Output<string>): Site => ({ platform, namespace: name, instance, durable });
  const main = namespaceExists
    ? existingNamespace(namespace, opts)
    : platform.namespace(namespace, { instance, durable, podSecurity: "restricted" }, opts);
  if (sandboxNamespace === undefined) return { main: site(main.name), createdAt: main.createdAt };
  // The workers' code makes the pods there without a security context. OpenShift adds one to them, plain Kubernetes
  // does not and would refuse them under `restricted`.
  const podSecurity = platform.securesPods ? "restricted" : "baseline";
  const sandbox = platform.namespace(sandboxNamespace, { instance, durable, podSecurity }, opts);
  return { main: site(main.name), sandbox: site(sandbox.name), createdAt: main.createdAt };
}
