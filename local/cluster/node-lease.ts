import { type ApiClient, ApiError, resourcePath } from "./api";
import { nodeName } from "./names";

/**
 * Takes the node from the kwok that has ended. Each kwok has a name of its own, and leaves another's node alone until
 * that one's lease is over: for 40 s after a start pods would stay Pending. Call it while no kwok runs.
 */
export async function freeNode(api: ApiClient): Promise<void> {
  try {
    await api.delete(resourcePath("coordination.k8s.io/v1", "leases", "kube-node-lease", nodeName));
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) {
      throw error;
    }
  }
}
