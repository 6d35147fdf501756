import { join } from "node:path";

import { packit } from "../../stacks/packit";
import { clusterProvider } from "../../stacks/parts/cluster";
import { jobPrograms } from "../../stacks/parts/job-programs";
import { filesIn, loadSettings, parseStackName, requirePackit } from "../../stacks/settings";
import { readPlainFile } from "../../stacks/settings/plain-files";
import { overlay, type Tree } from "../../stacks/settings/tree";
import { runMocked } from "../support/mocks";
import { ClusterObjects } from "../support/objects";
import { EVERY_SECRET } from "./everything";

const ROOT = join(__dirname, "../..");

/** Whoever runs an environment names its cluster. */
const CLUSTER: Tree = { cluster: { kubeconfig: "~/.kube/config", context: "packit" } };

/**
 * The objects of an environment, as on its own cluster.
 *
 * @param changes - Settings laid over the tracked ones.
 */
export async function environment(name: "dev" | "prod", changes: Tree = {}): Promise<ClusterObjects> {
  const stackName = requirePackit(parseStackName(name));
  const files = filesIn(ROOT);
  const tracked = overlay(readPlainFile(files, name).settings, CLUSTER);
  const config = { values: overlay(tracked, changes), secretKeys: new Set<string>() };
  const settings = loadSettings(stackName, config, files);
  const secrets = {
    aws: { accessKeyId: "key", secretAccessKey: "secret" },
    sentry: { dsn: "https://sentry.example/1" },
    ...EVERY_SECRET,
  };
  const { resources } = await runMocked(() =>
    packit({ settings, secrets }, clusterProvider(settings, ROOT), jobPrograms(ROOT)),
  );
  return new ClusterObjects(resources);
}

/** The objects of production. */
export function production(changes: Tree = {}): Promise<ClusterObjects> {
  return environment("prod", changes);
}
