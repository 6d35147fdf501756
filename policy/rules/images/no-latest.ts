import { hasDigest, tagOf } from "../../image-reference";
import { containersOf, kubernetesObject, type Written } from "../../kubernetes";
import type { PolicyResource } from "../../resource";
import { EVERYWHERE, type Rule } from "../../rule";

interface ImageStreamSpec {
  readonly tags: readonly { readonly from: { readonly kind: string; readonly name: string } }[];
}

/** No image is taken at `latest`, neither by a container nor by an ImageStream. */
export const noLatest: Rule = {
  id: "images/no-latest",
  title: "No image is taken at latest",
  why: "whatever its maker pushes next is rolled out, major versions too, and nobody can say what ran before (D31)",
  fix: "name a version's tag or a digest",
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    for (const { name = "", image = "" } of containersOf(resource)) {
      if (isLatest(image)) yield `container ${name} runs ${image}`;
    }
    for (const source of streamSources(resource)) {
      if (isLatest(source)) yield `the stream imports ${source}`;
    }
  },
};

function isLatest(image: string): boolean {
  return !hasDigest(image) && tagOf(image) === "latest";
}

function streamSources(resource: PolicyResource): string[] {
  const object = kubernetesObject(resource);
  if (object?.kind !== "ImageStream") return [];
  const { tags = [] } = object.spec as Written<ImageStreamSpec>;
  return tags.flatMap(({ from }) => (from?.kind === "DockerImage" ? [from.name ?? ""] : []));
}
