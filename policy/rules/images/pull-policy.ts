import { containersOf, POD_MAKERS } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { DURABLE } from "../../where";

/** Images come from their registry. */
export const pullPolicy: ResourceRule = {
  id: "images/pull-policy",
  title: "Images are pulled from their registry",
  why: "a node runs whatever somebody has left there under the name, or nothing at all",
  fix: "take images.<name>.pullPolicy: Never out of the settings",
  severity: "medium",
  kinds: POD_MAKERS,
  covers: ["images/pull-policy"],
  counterparts: {
    checkov: ["CKV_K8S_15"],
    kubeScore: ["container-image-pull-policy"],
    kyverno: ["always-pull-images", "require-imagepullpolicy-always"],
    polaris: ["pullPolicyNotAlways"],
  },
  holdsIn: DURABLE,
  enforcement: "mandatory",
  *check(resource) {
    for (const { name = "", imagePullPolicy } of containersOf(resource)) {
      if (imagePullPolicy === undefined) yield `container ${name} does not say when its image is pulled`;
      if (imagePullPolicy === "Never") yield `container ${name} is never pulled`;
    }
  },
};
