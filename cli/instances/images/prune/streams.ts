import * as z from "zod";

import type { Cluster } from "../../../cluster";
import { accepted, objectionIn } from "../../../cluster-answer";
import { BUILD_LABEL } from "../builders/job-manifest";
import type { KeptImage } from "./outdated";

/** How long the BuildConfig of a failed build stays with its log, in milliseconds: as long as a Job does. */
const CONFIG_KEPT_MS = 86_400_000;

/** Phases of a Build that has not ended. */
const AT_WORK: readonly string[] = ["New", "Pending", "Running"];

const metadata = z.object({
  name: z.string(),
  labels: z.record(z.string(), z.string()).default({}),
  creationTimestamp: z.string(),
});
const configs = z.object({ items: z.array(z.object({ metadata })) });
const builds = z.object({
  items: z.array(
    z.object({
      metadata,
      status: z.object({ phase: z.string().default("New") }).default({ phase: "New" }),
    }),
  ),
});
const streams = z.object({
  items: z.array(
    z.object({
      metadata,
      status: z
        .object({
          tags: z
            .array(
              z.object({
                tag: z.string(),
                items: z.array(z.object({ created: z.string(), image: z.string() })).nullish(),
              }),
            )
            .default([]),
        })
        .default({ tags: [] }),
    }),
  ),
});

/** The images of a namespace's ImageStreams; none where there are no streams, or one may not look. */
export async function imagesInStreams(cluster: Cluster, namespace: string): Promise<readonly KeptImage[]> {
  const { items } = streams.parse(await listOf(cluster, image(namespace, "imagestreams")));
  return items.flatMap(({ metadata: { name }, status: { tags } }) =>
    tags.map(({ tag, items: history }) => ({
      name,
      tag,
      digests: (history ?? []).map((one) => one.image),
      createdAt: Math.max(...(history ?? []).map(({ created }) => Date.parse(created))),
    })),
  );
}

/** Takes a tag out of its stream. OpenShift's own pruning removes what no tag has. @throws Error when it may not. */
export async function removeTag(
  cluster: Cluster,
  namespace: string,
  { name, tag }: KeptImage,
): Promise<void> {
  await remove(cluster, image(namespace, `imagestreamtags/${name}:${tag}`));
}

/** BuildConfigs of builds that failed long ago; those of good ones are gone already. */
export async function oldConfigs(
  cluster: Cluster,
  namespace: string,
  now: number,
): Promise<readonly string[]> {
  const all = configs.parse(await listOf(cluster, build(namespace, `buildconfigs?${OURS}`)));
  const old = all.items.filter(
    ({ metadata: { labels, creationTimestamp } }) =>
      labels[BUILD_LABEL] !== undefined && now - Date.parse(creationTimestamp) > CONFIG_KEPT_MS,
  );
  if (old.length === 0) return [];
  const { items } = builds.parse(await listOf(cluster, build(namespace, "builds")));
  const busy = items
    .filter(
      ({ metadata: { creationTimestamp }, status: { phase } }) =>
        AT_WORK.includes(phase) || now - Date.parse(creationTimestamp) <= CONFIG_KEPT_MS,
    )
    .map(({ metadata: { labels } }) => labels.buildconfig);
  return old.map((one) => one.metadata.name).filter((name) => !busy.includes(name));
}

/** Deletes a BuildConfig, with which its Builds and their pods go. @throws Error when it may not. */
export async function removeConfig(cluster: Cluster, namespace: string, name: string): Promise<void> {
  await remove(cluster, build(namespace, `buildconfigs/${name}`));
}

const OURS = `labelSelector=${encodeURIComponent("app.kubernetes.io/part-of=packit")}`;

function image(namespace: string, what: string): string {
  return `/apis/image.openshift.io/v1/namespaces/${namespace}/${what}`;
}

function build(namespace: string, what: string): string {
  return `/apis/build.openshift.io/v1/namespaces/${namespace}/${what}`;
}

/** What a cluster without this kind has of it, or what one may not see, is none. */
async function listOf(cluster: Cluster, path: string): Promise<unknown> {
  const answer = await cluster.ask("GET", path);
  return answer.status === 404 || answer.status === 403 ? { items: [] } : accepted(answer);
}

async function remove(cluster: Cluster, path: string): Promise<void> {
  const answer = await cluster.ask("DELETE", path);
  if (answer.status >= 400 && answer.status !== 404) throw new Error(objectionIn(answer));
}
