import { hasDigest, tagOf } from "../../image-reference";
import { streamSources } from "../../image-stream";
import { containersOf, POD_MAKERS } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** No image is taken at `latest`, neither by a container nor by an ImageStream. */
export const noLatest: ResourceRule = {
  id: "images/no-latest",
  title: "No image is taken at latest",
  why: "whatever its maker pushes next is rolled out, major versions too, and nobody can say what ran before (D31)",
  fix: "name a version's tag or a digest",
  severity: "high",
  kinds: [...POD_MAKERS, "ImageStream"],
  covers: ["images/latest"],
  counterparts: {
    kubeLinter: ["latest-tag"],
    polaris: ["tagNotSpecified"],
    kyverno: ["disallow-latest-tag"],
    gatekeeper: ["K8sDisallowedTags"],
    kubeScore: ["container-image-tag"],
    checkov: ["CKV_K8S_14"],
  },
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
