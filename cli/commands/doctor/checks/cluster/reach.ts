import { failed, type Finding, ok } from "../../check";
import type { ClusterFacts } from "./index";

/** The oldest Kubernetes whose API has all that is used: CronJobs with time zones, policies of version 1. */
const OLDEST_MINOR = 27;

const LOG_IN = "log in to the cluster again, as its kubeconfig's user (OpenShift: oc login)";

/** Whether the API server answers, to whom, and in which version. */
export async function reach({ cluster, local }: ClusterFacts): Promise<Finding> {
  let server = "";
  try {
    const api = await cluster();
    server = `${api.server} `;
    const { status, body } = await api.ask("GET", "/version");
    if (status === 401 || status === 403)
      return failed(`${server}does not know you (HTTP ${status})`, LOG_IN);
    const { gitVersion, minor } = body as { gitVersion?: string; minor?: string };
    if (status !== 200 || gitVersion === undefined) {
      return failed(
        `${server}is no Kubernetes API (HTTP ${status})`,
        "look at packit:cluster.kubeconfig and packit:cluster.context",
      );
    }
    const user = await api.ask("POST", "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", {
      apiVersion: "authorization.k8s.io/v1",
      kind: "SelfSubjectRulesReview",
      spec: { namespace: "default" },
    });
    if (user.status === 401) return failed(`${server}does not know you (HTTP 401)`, LOG_IN);
    return Number.parseInt(minor ?? "", 10) < OLDEST_MINOR
      ? failed(`${server}is ${gitVersion}`, `it must be version 1.${OLDEST_MINOR} or newer`)
      : ok(`${server}is ${gitVersion}`);
  } catch (error) {
    return failed(
      `${server}${error instanceof Error ? error.message : String(error)}`,
      local
        ? "start it anew: make cluster-down cluster-up"
        : "look at packit:cluster.kubeconfig and packit:cluster.context, at the network and the VPN",
    );
  }
}
