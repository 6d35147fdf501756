import { copyFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

import { writePrivately } from "../../local/cluster/files";
import { makeDefinitions } from "../../local/cluster/schemas/definitions";
import { cached } from "./cache";
import { moduleSources } from "./go";
import { localFolder } from "./project";
import { pinKey } from "./versions";

const openshift = "github.com/openshift/api";
const certManager = "github.com/cert-manager/cert-manager";
const openapi = "openapi/openapi.json";

/** Definitions that are ready-made, by module. */
const manifests: readonly { readonly module: string; readonly path: string }[] = [
  { module: openshift, path: "route/v1/zz_generated.crd-manifests/routes.crd.yaml" },
  { module: certManager, path: "deploy/crds/cert-manager.io_certificates.yaml" },
  { module: certManager, path: "deploy/crds/cert-manager.io_clusterissuers.yaml" },
  { module: certManager, path: "deploy/crds/cert-manager.io_issuers.yaml" },
];

/** Whether the schemas' sources are in the cache. */
export function hasSchemas(root: string, cache: string): boolean {
  return existsSync(folderOf(root, cache));
}

/** Writes the custom resource definitions into `.local/` and gives the file. */
export async function ensureDefinitions(root: string, cache: string): Promise<string> {
  const folder = await cached(folderOf(root, cache), async (draft) => {
    for (const { module, path } of [{ module: openshift, path: openapi }, ...manifests]) {
      copyFileSync(join(await moduleSources(root, "schemas", module), path), join(draft, basename(path)));
    }
  });
  const read = (name: string): string => readFileSync(join(folder, name), "utf8");
  const definitions = makeDefinitions({
    openapi: read(basename(openapi)),
    manifests: readdirSync(folder)
      .filter((name) => name.endsWith(".yaml"))
      .sort()
      .map(read),
  });
  const file = join(localFolder(root), "definitions.json");
  writePrivately(file, JSON.stringify(definitions));
  return file;
}

function folderOf(root: string, cache: string): string {
  return join(cache, "schemas", pinKey(root, ["schemas"]));
}
