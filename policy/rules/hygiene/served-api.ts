import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Every object is of an API version that is served. */
export const servedApi: ResourceRule = {
  id: "hygiene/served-api",
  title: "Every object is of an API version that is served",
  why: "the next update of the cluster takes the version away, and no deployment works",
  fix: "use the version that the API server serves today",
  severity: "high",
  kinds: "all",
  covers: ["hygiene/api-version"],
  counterparts: {
    kubeLinter: ["no-extensions-v1beta"],
    kubeScore: ["stable-version"],
    kyverno: ["check-deprecated-apis"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const [provider, version = ""] = resource.type.split(":");
    if (provider !== "kubernetes") return;
    const { apiVersion = version } = resource.inputs as { readonly apiVersion?: string };
    for (const one of new Set([version.replace(/^core\//, ""), apiVersion]))
      if (isRemoved(one)) yield `${one} is no longer served`;
  },
};

/** Groups that moved, and versions before the first stable one of groups that have one. */
function isRemoved(apiVersion: string): boolean {
  return (
    apiVersion.startsWith("extensions/") ||
    /^(?:apps|batch|policy|autoscaling|networking\.k8s\.io|rbac\.authorization\.k8s\.io)\/v\d+(?:alpha|beta)\d+$/.test(
      apiVersion,
    )
  );
}
