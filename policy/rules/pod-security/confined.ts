import { containersOf, podSpecOf, POD_MAKERS } from "../../kubernetes";
import { effective } from "../../security-context";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Types of SELinux that confine a container, by the Pod Security Standards. */
const CONFINED: ReadonlySet<string> = new Set(["", "container_t", "container_init_t", "container_kvm_t"]);

/** SELinux and AppArmor hold the container. */
export const confined: ResourceRule = {
  id: "pod-security/confined",
  title: "SELinux and AppArmor confine containers",
  why: "they are what stops a process that has already broken out",
  fix: "take seLinuxOptions (but for the level) and an unconfined AppArmor profile away",
  severity: "high",
  kinds: POD_MAKERS,
  covers: ["pod-security/mac-profile"],
  counterparts: {
    checkov: ["CKV_K8S_29"],
    gatekeeper: ["K8sPSPSELinuxV2", "K8sPSPAppArmor"],
    kyverno: ["disallow-selinux", "restrict-apparmor-profiles"],
    polaris: ["linuxHardening"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const pods = podSpecOf(resource);
    for (const container of containersOf(resource)) {
      const { name = "" } = container;
      const { type = "", user = "", role = "" } = effective(pods, container, "seLinuxOptions") ?? {};
      if (user !== "" || role !== "" || !CONFINED.has(type))
        yield `container ${name} chooses its own SELinux context`;
      if (effective(pods, container, "appArmorProfile")?.type === "Unconfined")
        yield `container ${name} is not confined by AppArmor`;
    }
  },
};
