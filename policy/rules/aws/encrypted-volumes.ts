import { isOn, MACHINES, VOLUME, volumesOf } from "../../aws/machines";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Volumes are encrypted. */
export const encryptedVolumes: ResourceRule = {
  id: "aws/encrypted-volumes",
  title: "Volumes are encrypted",
  why: "sources of embargoed builds lie on disks that AWS hands to others",
  fix: "set encrypted on every volume, or the region's default",
  severity: "high",
  kinds: [...MACHINES, VOLUME],
  covers: ["aws/CKV_AWS_3", "aws/CKV_AWS_8"],
  counterparts: {
    checkov: ["CKV_AWS_3", "CKV_AWS_8", "CKV_AWS_106"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    for (const { name, encrypted } of volumesOf(resource))
      if (!isOn(encrypted)) yield `${name} is not encrypted`;
  },
};
