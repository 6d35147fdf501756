import { containersOf, POD_MAKERS } from "../../kubernetes";
import { streamSources } from "../../image-stream";
import type { ResourceRule } from "../../rule";
import { DURABLE } from "../../where";

/** Images come from registries that somebody vouches for. */
export const registries: ResourceRule<{ registries: readonly string[] }> = {
  id: "images/registries",
  title: "Images come from known registries",
  why: "a name on any other registry can be taken by anybody",
  fix: "use an image of a known registry, or add the registry to this rule",
  severity: "high",
  kinds: [...POD_MAKERS, "ImageStream"],
  covers: ["images/registries"],
  counterparts: { gatekeeper: ["K8sAllowedRepos"], kyverno: ["restrict-image-registries"] },
  holdsIn: DURABLE,
  enforcement: "mandatory",
  configuration: {
    registries: {
      description: "Registries and repositories that images may come from.",
      default: [
        "docker.io/mher/",
        "docker.io/redis",
        "docker.io/library/",
        "docker.io/splunk/",
        "docker.io/valkey/",
        "ghcr.io/joeferner/",
        "ghcr.io/zapier/",
        "quay.io/",
        "registry.access.redhat.com/",
        "registry.fedoraproject.org/",
        "registry.redict.io/",
        "registry.redhat.io/",
      ],
    },
  },
  *check(resource, { registries }) {
    const known = (image: string) => registries.some((start) => image.startsWith(start));
    for (const { name = "", image = "" } of containersOf(resource)) {
      // A short name is a tag of an ImageStream, whose source is looked at by itself.
      if (image.includes("/") && !known(image)) yield `container ${name} runs ${image}`;
    }
    for (const source of streamSources(resource)) if (!known(source)) yield `the stream imports ${source}`;
  },
};
