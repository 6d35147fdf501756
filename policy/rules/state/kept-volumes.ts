import type { ResourceRule } from "../../rule";
import { DURABLE } from "../../where";

/** A volume with data stays when its claim goes. */
export const keptVolumes: ResourceRule = {
  id: "state/kept-volumes",
  title: "A volume with data stays when its claim goes",
  why: "the storage itself is deleted with the claim, and no backup is as new",
  fix: "set the reclaim policy to Retain",
  severity: "critical",
  kinds: ["PersistentVolume", "StorageClass"],
  holdsIn: DURABLE,
  enforcement: "mandatory",
  *check(resource) {
    const { spec, reclaimPolicy } = resource.inputs as Volume;
    // What neither of them says: a volume made by hand stays, one of a class goes.
    const isVolume = resource.type.endsWith(":PersistentVolume");
    const policy = isVolume ? (spec?.persistentVolumeReclaimPolicy ?? "Retain") : (reclaimPolicy ?? "Delete");
    if (policy !== "Retain") yield `its reclaim policy is ${policy}`;
  },
};

interface Volume {
  readonly spec?: { readonly persistentVolumeReclaimPolicy?: string };
  readonly reclaimPolicy?: string;
}
