import type { NamespaceArgs } from "./platform";
import { INSTANCE_LABEL } from "./site";

/** Labels that a namespace gets on every platform: whose it is and which pods it takes. */
export function namespaceLabels(args: NamespaceArgs): Record<string, string> {
  return {
    [INSTANCE_LABEL]: args.instance,
    "app.kubernetes.io/part-of": "packit",
    "app.kubernetes.io/managed-by": "pulumi",
    "pod-security.kubernetes.io/enforce": args.podSecurity,
    "pod-security.kubernetes.io/warn": "restricted",
  };
}
