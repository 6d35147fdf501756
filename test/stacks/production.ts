import { join } from "node:path";

import { packit } from "../../stacks/packit";
import { clusterProvider } from "../../stacks/parts/cluster";
import { filesIn, loadSettings, parseStackName, requirePackit } from "../../stacks/settings";
import { readPlainFile } from "../../stacks/settings/plain-files";
import { overlay, type Tree } from "../../stacks/settings/tree";
import { runMocked } from "../support/mocks";
import { ClusterObjects } from "../support/objects";

const ROOT = join(__dirname, "../..");

/** Whoever runs production names its cluster. */
const CLUSTER: Tree = { cluster: { kubeconfig: "~/.kube/config", context: "packit-prod" } };

/**
 * The objects of production, as on its own cluster.
 *
 * @param changes - Settings laid over the tracked ones.
 */
export async function production(changes: Tree = {}): Promise<ClusterObjects> {
  const name = requirePackit(parseStackName("prod"));
  const files = filesIn(ROOT);
  const tracked = overlay(readPlainFile(files, "prod").settings, CLUSTER);
  const config = { values: overlay(tracked, changes), secretKeys: new Set<string>() };
  const settings = loadSettings(name, config, files);
  const secrets = {
    aws: { accessKeyId: "key", secretAccessKey: "secret" },
    sentry: { dsn: "https://sentry.example/1" },
  };
  const { resources } = await runMocked(() => packit({ settings, secrets }, clusterProvider(settings, ROOT)));
  return new ClusterObjects(resources);
}
