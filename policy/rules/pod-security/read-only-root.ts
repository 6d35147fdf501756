import { WRITABLE_ROOT_ANNOTATION } from "../../../components/platform/writable-root";
import { containersOf, podAnnotationsOf, POD_MAKERS } from "../../kubernetes";
import type { PolicyResource } from "../../resource";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Nobody changes the image's own files. */
export const readOnlyRoot: ResourceRule = {
  id: "pod-security/read-only-root",
  title: "The root file system is read-only",
  why: "whoever gets in can put programs where the container runs them",
  fix: "mount scratch space where it writes; where its image cannot do without, say so with readOnlyRoot: false in its component",
  severity: "medium",
  kinds: POD_MAKERS,
  covers: ["pod-security/read-only-root"],
  counterparts: {
    checkov: ["CKV_K8S_22"],
    gatekeeper: ["K8sPSPReadOnlyRootFilesystem"],
    kubeLinter: ["no-read-only-root-fs"],
    kubeScore: ["container-security-context-readonlyrootfilesystem"],
    kyverno: ["require-ro-rootfs"],
    polaris: ["notReadOnlyRootFilesystem"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const writable = writableRoots(resource);
    for (const { name = "", securityContext } of containersOf(resource)) {
      if (securityContext?.readOnlyRootFilesystem !== true && !writable.has(name))
        yield `container ${name} can write to its image's files`;
    }
  },
};

/** Containers whose component says that their image cannot do without. */
function writableRoots(resource: PolicyResource): ReadonlySet<string> {
  return new Set(podAnnotationsOf(resource)[WRITABLE_ROOT_ANNOTATION]?.split(","));
}
