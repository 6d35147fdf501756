import * as pulumi from "@pulumi/pulumi";

import { RepositoryCacheFiller, type CacheVolume } from "../../components/packit/repository-cache-filler";
import { Sandbox } from "../../components/packit/sandbox";
import type { Worker } from "../../components/packit/worker";
import { Image, type ContainerImage } from "../../components/platform/image";
import type { Site } from "../../components/platform/site";
import type { Settings } from "../settings";

/** Name of the sandbox's objects, and of its image's stream. */
const SANDCASTLE = "sandcastle";

/** The sandbox of the workers, if they have one, and the filling of all volumes with clones, theirs and its. */
export function sandboxAndCaches(
  settings: Settings,
  main: { readonly site: Site; readonly workers: readonly Worker[]; readonly image: ContainerImage },
  site: Site | undefined,
  opts: pulumi.ComponentResourceOptions,
): void {
  const own = main.workers.flatMap(({ caches }) => caches);
  fill("repository-cache-filler", settings, main.site, () => main.image, own, opts);
  if (site === undefined) return;
  const sandbox = new Sandbox(
    SANDCASTLE,
    {
      site,
      workers: main.workers.map(({ serviceAccount }) => ({ namespace: main.site.namespace, serviceAccount })),
      caches: { pods: own.map(({ pod }) => pod), storage: settings.repositoryCache.storage },
    },
    opts,
  );
  const image = (): ContainerImage => sandcastleImage(settings, site, opts);
  fill("sandbox-cache-filler", settings, site, image, sandbox.caches, opts);
}

function fill(
  name: string,
  { repositoryCache: { repositories }, repositoryCacheFiller }: Settings,
  site: Site,
  image: () => ContainerImage,
  volumes: readonly CacheVolume[],
  opts: pulumi.ComponentResourceOptions,
): void {
  if (repositories.length === 0 || volumes.length === 0) return;
  const { deadlineMinutes, ...resources } = repositoryCacheFiller;
  const deadlineSeconds = deadlineMinutes * 60;
  new RepositoryCacheFiller(
    name,
    { site, image: image(), repositories, volumes, deadlineSeconds, resources },
    opts,
  );
}

/** The image of the sandbox pods, for which their namespace has no stream but this. Held still: git is all it is for. */
function sandcastleImage(
  { images, stack }: Settings,
  site: Site,
  opts: pulumi.CustomResourceOptions,
): ContainerImage {
  const { source } = images.sandcastle;
  const follows = site.platform.followsImages && !source.includes("@");
  const follow = { tag: stack.deployment, scheduled: false };
  return new Image(SANDCASTLE, { site, source, ...(follows && { follow }) }, opts);
}
