import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** What builders of an architecture start from: one image and no other, or the newest of a name. */
export interface BuilderImage {
  /** `ami-…` @default the newest that has the name */
  readonly id?: string;
  /** Account that publishes it, or `amazon` or `self`. */
  readonly owner: string;
  /** With `*` where releases differ. */
  readonly name: string;
  readonly architecture: "x86_64" | "aarch64";
}

/** AWS's word for an architecture. */
const ARCHITECTURE = { x86_64: "x86_64", aarch64: "arm64" } as const;

/**
 * Id of the image. Without the owner in the question, anybody's image of that name would do.
 *
 * @param options - The component whose provider asks.
 */
export function builderImage(image: BuilderImage, options: pulumi.InvokeOptions): pulumi.Output<string> {
  const { id, owner, name, architecture } = image;
  if (id !== undefined) return pulumi.output(id);
  return aws.ec2.getAmiOutput(
    {
      owners: [owner],
      mostRecent: true,
      filters: [
        { name: "name", values: [name] },
        { name: "architecture", values: [ARCHITECTURE[architecture]] },
        { name: "state", values: ["available"] },
      ],
    },
    options,
  ).id;
}
