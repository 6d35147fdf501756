import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { MadeNamespace } from "./platform";

/** A namespace that somebody else has made and keeps: it is only read, so it stays when the stack goes. */
export function existingNamespace(name: string, opts: pulumi.CustomResourceOptions): MadeNamespace {
  const { id, metadata } = k8s.core.v1.Namespace.get(name, name, opts);
  return { name: id, createdAt: metadata.creationTimestamp };
}
