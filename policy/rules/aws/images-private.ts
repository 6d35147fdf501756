import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Images are not shared. */
export const imagesPrivate: ResourceRule = {
  id: "aws/images-private",
  title: "Images are not shared",
  why: "whoever starts one reads what is in it",
  fix: "leave launch permissions out",
  severity: "high",
  kinds: [
    "aws:ec2/amiLaunchPermission:AmiLaunchPermission",
    "aws:ec2/snapshotCreateVolumePermission:SnapshotCreateVolumePermission",
  ],
  covers: ["aws/CKV_AWS_205"],
  counterparts: {
    checkov: ["CKV_AWS_205"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const { group, accountId } = resource.inputs as { readonly group?: string; readonly accountId?: string };
    yield `it shares an image with ${group ?? accountId ?? "others"}`;
  },
};
