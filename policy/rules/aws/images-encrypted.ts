import { isOn, type BlockDevice } from "../../aws/machines";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

const COPY = "aws:ec2/amiCopy:AmiCopy";

/** Images are encrypted. */
export const imagesEncrypted: ResourceRule = {
  id: "aws/images-encrypted",
  title: "Images are encrypted",
  why: "what a builder was made from can be read wherever the snapshot gets to",
  fix: "set encrypted on the copy, or on the image's volumes",
  severity: "medium",
  kinds: ["aws:ec2/ami:Ami", COPY],
  covers: ["aws/CKV_AWS_204"],
  counterparts: {
    checkov: ["CKV_AWS_204", "CKV_AWS_235", "CKV_AWS_236"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const { encrypted, ebsBlockDevices = [] } = resource.inputs as Image;
    if (resource.type === COPY && !isOn(encrypted)) yield "its copy is not encrypted";
    for (const { deviceName = "", encrypted: own, snapshotId } of ebsBlockDevices)
      if (!isOn(own) && snapshotId === undefined) yield `volume ${deviceName} is not encrypted`;
  },
};

interface Image {
  readonly encrypted?: boolean;
  readonly ebsBlockDevices?: readonly BlockDevice[];
}
