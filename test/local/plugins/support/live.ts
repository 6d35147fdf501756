import { join } from "node:path";
import { startCluster } from "../../../../local/cluster";
import { type ApiClient, ApiError, type KubernetesObject, resourcePath } from "../../../../local/cluster/api";
import { cleanUp, clientOf, testFolder } from "../../cluster/support";
import { TestStack } from "./engine";

/** A control plane for all live tests of a run; starting one takes some seconds. */
let cluster: Promise<string> | undefined;

after(async () => {
  if (cluster !== undefined) await cleanUp(await cluster);
});

async function start(): Promise<string> {
  const folder = testFolder();
  await startCluster(folder);
  return folder;
}

/** What a live test works with. */
export interface Live {
  readonly stack: TestStack;
  /** A namespace of the test's own, which the program still has to make. */
  readonly namespace: string;
  readonly kubeconfig: string;
  /** The cluster's own view of an object of the namespace; undefined when there is none. */
  readonly get: (version: string, plural: string, name: string) => Promise<KubernetesObject | undefined>;
  /** Changes an object by hand, as the field manager `manager`. */
  readonly edit: (
    version: string,
    plural: string,
    name: string,
    manager: string,
    patch: object,
  ) => Promise<void>;
  /** Deletes an object by hand. */
  readonly remove: (version: string, plural: string, name: string) => Promise<void>;
  readonly api: ApiClient;
}

let count = 0;

/** Gives the tests of a `describe` a stack and a cluster, and cleans up after them. */
export function live(): () => Live {
  let current: Live | undefined;
  before(async () => {
    const folder = await (cluster ??= start());
    const namespace = `plugins-${++count}`;
    const api = clientOf(folder);
    const kubeconfig = join(folder, "kubeconfig");
    const path = (version: string, plural: string, name: string): string =>
      plural === "namespaces"
        ? resourcePath(version, plural, undefined, name)
        : resourcePath(version, plural, namespace, name);
    current = {
      stack: new TestStack(`dev-pr-${count}`, kubeconfig),
      namespace,
      kubeconfig,
      api,
      get: async (version, plural, name) => {
        try {
          return await api.get<KubernetesObject>(path(version, plural, name));
        } catch (error) {
          if (error instanceof ApiError && error.status === 404) return undefined;
          throw error;
        }
      },
      edit: async (version, plural, name, manager, patch) => {
        await api.patch(path(version, plural, name), "merge", manager, patch);
      },
      remove: async (version, plural, name) => {
        await api.delete(path(version, plural, name));
      },
    };
  });
  after(async () => {
    if (current === undefined) return;
    current.stack.close();
    await current.api
      .delete(resourcePath("v1", "namespaces", undefined, current.namespace))
      .catch(() => undefined);
    current.api.close();
  });
  return () => {
    if (current === undefined) throw new Error("the cluster is there for tests and hooks only");
    return current;
  };
}
