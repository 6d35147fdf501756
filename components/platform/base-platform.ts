import type { NamespaceArgs, PlatformOptions } from "./platform";
import { INSTANCE_LABEL } from "./site";
import { KEEP_ANNOTATION, TTL_ANNOTATION } from "./test-bounds";

/** What all platforms have in common: the settings' say, and how a namespace is labelled. */
export abstract class BasePlatform {
  readonly labels: Readonly<Record<string, string>>;
  readonly storageClass: string | undefined;
  readonly priorityClass: string | undefined;
  readonly claimAnnotations: Readonly<Record<string, string>> = {};
  readonly claimTemplateLabels: Readonly<Record<string, string>> = {};

  constructor(options: PlatformOptions = {}) {
    this.labels = options.labels ?? {};
    this.storageClass = options.storageClass;
    this.priorityClass = options.priorityClass;
  }

  /** Whose a namespace is, and which pods it takes. */
  protected namespaceLabels(args: NamespaceArgs): Record<string, string> {
    return {
      ...this.labels,
      [INSTANCE_LABEL]: args.instance,
      "app.kubernetes.io/part-of": "packit",
      "app.kubernetes.io/managed-by": "pulumi",
      "pod-security.kubernetes.io/enforce": args.podSecurity,
      "pod-security.kubernetes.io/warn": "restricted",
    };
  }

  /** What else is said of a namespace: when it may go. */
  protected namespaceAnnotations({ ttl, keep }: NamespaceArgs): Record<string, string> {
    return {
      ...(ttl !== undefined && { [TTL_ANNOTATION]: ttl }),
      ...(keep !== undefined && { [KEEP_ANNOTATION]: keep }),
    };
  }
}
