import { imageField } from "../../../policy/kubernetes";
import type { ClusterObjects } from "../objects";

interface Trigger {
  readonly from: { readonly name: string; readonly namespace?: string };
  readonly fieldPath: string;
}

/** Triggers whose stream, tag or container is missing, and short image names that no stream stands for (D33). */
export function* imageFindings(objects: ClusterObjects): Iterable<string> {
  for (const { owner, namespace, containers } of objects.pods) {
    for (const { name = "", image = "" } of containers) {
      if (!image.includes("/") && !hasTag(objects, namespace, image))
        yield `${owner.title}, container ${name}: there is no ImageStream tag ${image} in ${namespace}`;
    }
    const triggers = JSON.parse(
      owner.annotations["image.openshift.io/triggers"] ?? "[]",
    ) as readonly Trigger[];
    for (const { from, fieldPath } of triggers) {
      const where = `${owner.title}, trigger`;
      const home = from.namespace ?? namespace;
      if (!hasTag(objects, home, from.name))
        yield `${where}: there is no ImageStream tag ${from.name} in ${home}`;
      if (!containers.some(({ name = "" }) => fieldPath === imageField(owner.kind, name)))
        yield `${where}: no container is at ${fieldPath}`;
    }
  }
}

function hasTag(objects: ClusterObjects, namespace: string, streamTag: string): boolean {
  const [stream = "", tag] = streamTag.split(":");
  const spec = objects.find("ImageStream", namespace, stream)?.body.spec as
    { readonly tags: readonly { readonly name: string }[] } | undefined;
  return spec?.tags.some(({ name }) => name === tag) ?? false;
}
