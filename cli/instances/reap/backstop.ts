import { createHash } from "node:crypto";

import * as z from "zod";

import type { Cluster, ClusterAnswer } from "../../cluster";
import { objectionIn } from "../../cluster-answer";
import { BACKSTOP, type Manifest } from "../leases/namespace";
import { CONTROL_NAMESPACE } from "../record";
import { backstopObjects } from "./backstop-objects";

/** Annotation of the CronJob: what it and all that belongs to it was made from. */
const DIGEST = "packit.dev/backstop";

/** Who has made which fields, to the API server. */
const MANAGER = "packit-stacks";

const annotated = z.object({
  metadata: z.object({ annotations: z.record(z.string(), z.string()).default({}) }),
});

/**
 * Makes sure that the cluster itself takes down test instances that everybody else forgets. Takes rights on the whole
 * cluster, which who deploys need not have: an older one that is there is good enough then.
 *
 * @param programs - Those of `jobs/reap`, by file name.
 * @returns what to tell whoever deploys; undefined when all is well, or when they may not even see whether it is.
 */
export async function ensureBackstop(
  cluster: Cluster,
  programs: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  try {
    const objects = backstopObjects(programs);
    const digest = createHash("sha256").update(JSON.stringify(objects)).digest("hex").slice(0, 16);
    const path = `/apis/batch/v1/namespaces/${CONTROL_NAMESPACE}/cronjobs/${BACKSTOP}`;
    const there = await cluster.ask("GET", path);
    if (there.status === 403) return undefined;
    if (there.status === 200 && annotated.parse(there.body).metadata.annotations[DIGEST] === digest)
      return undefined;
    for (const object of objects) {
      const { kind } = object;
      const answer = await apply(cluster, kind === "CronJob" ? withDigest(object, digest) : object);
      if (answer.status < 300) continue;
      if (answer.status === 403 && there.status === 200) return undefined;
      return lacking(`the cluster does not take the ${kind} ${BACKSTOP} from you (${objectionIn(answer)})`);
    }
    return undefined;
  } catch (error) {
    return lacking(error instanceof Error ? error.message : String(error));
  }
}

/** Server-side apply: what others have added, such as `suspend` or an environment variable, stays. */
function apply(cluster: Cluster, object: Manifest): Promise<ClusterAnswer> {
  const path = `${collectionOf(object)}/${object.metadata.name}?fieldManager=${MANAGER}&force=true`;
  return cluster.ask("PATCH", path, object, undefined, "apply");
}

function collectionOf({ apiVersion, kind, metadata }: Manifest): string {
  const api = apiVersion === "v1" ? "/api/v1" : `/apis/${apiVersion}`;
  const place = metadata.namespace === undefined ? "" : `/namespaces/${CONTROL_NAMESPACE}`;
  const plural = kind.toLowerCase().replace(/y$/, "ie");
  return `${api}${place}/${plural}s`;
}

function withDigest(object: Manifest, digest: string): Manifest {
  return { ...object, metadata: { ...object.metadata, annotations: { [DIGEST]: digest } } };
}

function lacking(reason: string): string {
  return (
    `nothing in the cluster takes down instances that are forgotten: ${reason}. ` +
    "All else goes on; have its administrator deploy one instance, and it stays for all"
  );
}
