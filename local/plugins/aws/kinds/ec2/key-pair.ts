import { textOf } from "../../../frame/values";
import { ifThere } from "../../api/error";
import type { Kind } from "../../kind";
import { arn, tagEc2, tagsOf, tagSpecification } from "./common";

/** A public key for the first login into an instance. */
export const keyPair: Kind = {
  fields: {
    keyName: { type: "string" },
    keyNamePrefix: { type: "string" },
    publicKey: { type: "string", required: true },
  },
  outputs: ["arn", "fingerprint", "keyPairId", "keyType"],
  named: { field: "keyName", prefix: "keyNamePrefix" },
  tag: (api, id, set, gone) =>
    api
      .ec2("DescribeKeyPairs", { KeyName: [id] })
      .then((found) => tagEc2(api, found.text("keySet", "item", "keyPairId"), set, gone)),
  create: async (api, inputs) => {
    const keyName = textOf(inputs.keyName);
    await api.ec2("ImportKeyPair", {
      KeyName: keyName,
      PublicKeyMaterial: Buffer.from(textOf(inputs.publicKey)).toString("base64"),
      TagSpecification: tagSpecification("key-pair", inputs.tagsAll),
    });
    return { id: keyName };
  },
  read: async (api, id) => {
    const found = await ifThere(() => api.ec2("DescribeKeyPairs", { KeyName: [id] }));
    const pair = found?.at("keySet", "item");
    if (pair === undefined) return undefined;
    return {
      keyName: id,
      keyPairId: pair.text("keyPairId"),
      keyType: pair.text("keyType"),
      fingerprint: pair.text("keyFingerprint"),
      arn: await arn(api, `key-pair/${id}`),
      tagsAll: tagsOf(pair),
    };
  },
  remove: async (api, id) => {
    await api.ec2("DeleteKeyPair", { KeyName: id });
  },
};
