import type { PolicyResource } from "../resource";

/** What starts machines in EC2, or is one. */
export const MACHINES = [
  "aws:ec2/instance:Instance",
  "aws:ec2/launchConfiguration:LaunchConfiguration",
  "aws:ec2/launchTemplate:LaunchTemplate",
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
] as const;

/** A disk by itself. */
export const VOLUME = "aws:ebs/volume:Volume";

export interface MetadataOptions {
  readonly httpTokens?: string;
  readonly httpEndpoint?: string;
  readonly httpPutResponseHopLimit?: number;
}

export interface BlockDevice {
  readonly deviceName?: string;
  readonly encrypted?: boolean | string;
  readonly snapshotId?: string;
}

/** What the types of {@link MACHINES} have in common, and where they differ. */
export interface Machine {
  readonly metadataOptions?: MetadataOptions;
  /** A text in launch templates. */
  readonly associatePublicIpAddress?: boolean | string;
  readonly networkInterfaces?: readonly { readonly associatePublicIpAddress?: boolean | string }[];
  readonly rootBlockDevice?: BlockDevice;
  readonly ebsBlockDevices?: readonly BlockDevice[];
  readonly blockDeviceMappings?: readonly { readonly deviceName?: string; readonly ebs?: BlockDevice }[];
  readonly userData?: string;
  readonly userDataBase64?: string;
  readonly iamInstanceProfile?: unknown;
}

/** How a machine tells its own processes who it is. */
export function metadataOf(resource: PolicyResource): MetadataOptions {
  return (resource.inputs as Machine).metadataOptions ?? {};
}

/** Whether a switch is on; launch templates write it as a text. */
export function isOn(value: boolean | string | undefined): boolean {
  return value === true || value === "true";
}

/** The disks that a resource makes. A machine without a word about its first one gets it in plain text. */
export function* volumesOf({
  type,
  inputs,
}: PolicyResource): Iterable<{ name: string; encrypted: boolean | string | undefined }> {
  if (type === VOLUME) {
    yield { name: "it", encrypted: (inputs as BlockDevice).encrypted };
    return;
  }
  const { rootBlockDevice, ebsBlockDevices = [], blockDeviceMappings = [] } = inputs as Machine;
  if (!type.endsWith(":LaunchTemplate"))
    yield { name: "its root volume", encrypted: rootBlockDevice?.encrypted };
  else if (blockDeviceMappings.length === 0) yield { name: "its root volume", encrypted: undefined };
  for (const { deviceName = "", encrypted } of ebsBlockDevices)
    yield { name: `volume ${deviceName}`, encrypted };
  for (const { deviceName = "", ebs } of blockDeviceMappings)
    if (ebs !== undefined) yield { name: `volume ${deviceName}`, encrypted: ebs.encrypted };
}
