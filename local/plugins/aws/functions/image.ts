import { textOf } from "../../frame/values";
import { textList } from "../kind";
import { tagsOf } from "../kinds/ec2/common";
import { type AwsFunction, filterFields, filtersOf } from "./function";

/** A machine image by owner and name. */
export const getAmi: AwsFunction = {
  fields: {
    ...filterFields,
    owners: { type: "strings" },
    nameRegex: { type: "string" },
    mostRecent: { type: "boolean", default: false },
  },
  answer: async (api, args) => {
    const found = await api.ec2("DescribeImages", { Owner: textList(args.owners), Filter: filtersOf(args) });
    const wanted = new RegExp(textOf(args.nameRegex));
    const fits = found
      .list("imagesSet")
      .filter((image) => wanted.test(image.text("name")))
      .sort((a, b) => b.text("creationDate").localeCompare(a.text("creationDate")));
    const [image] = fits;
    if (image === undefined)
      throw new Error("getAmi finds no image: look at its owners, filters and nameRegex");
    if (fits.length > 1 && args.mostRecent !== true) {
      throw new Error(`getAmi finds ${fits.length} images: narrow its filters, or set mostRecent`);
    }
    const id = image.text("imageId");
    return {
      ...args,
      id,
      imageId: id,
      arn: `arn:aws:ec2:${api.region}::image/${id}`,
      architecture: image.text("architecture"),
      creationDate: image.text("creationDate"),
      description: image.text("description"),
      name: image.text("name"),
      ownerId: image.text("imageOwnerId"),
      region: api.region,
      rootDeviceName: image.text("rootDeviceName"),
      rootDeviceType: image.text("rootDeviceType"),
      state: image.text("imageState"),
      tags: tagsOf(image),
      virtualizationType: image.text("virtualizationType"),
    };
  },
};
