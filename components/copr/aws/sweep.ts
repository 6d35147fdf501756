import * as pulumi from "@pulumi/pulumi";

import type { StackTag } from "../../../fleet/tag";

/** Package of the project's own plugin, in `fleet/plugin`. */
export const FLEET_PACKAGE = "packit-fleet";

/** How the plugin reaches EC2; what is left out, AWS's own environment variables and files give. */
export interface FleetAccess {
  readonly region: pulumi.Input<string>;
  /** Profile of the AWS command line. */
  readonly profile?: pulumi.Input<string>;
  readonly accessKey?: pulumi.Input<string>;
  /** Secret. */
  readonly secretKey?: pulumi.Input<string>;
  /** Address of a server on this machine, in place of AWS. */
  readonly endpoint?: pulumi.Input<string>;
}

/** The account in which a {@link Sweep} ends instances. */
export class FleetProvider extends pulumi.ProviderResource {
  constructor(name: string, access: FleetAccess, opts?: pulumi.ResourceOptions) {
    const { accessKey, secretKey } = access;
    super(
      FLEET_PACKAGE,
      name,
      {
        ...access,
        ...(accessKey !== undefined && { accessKey: pulumi.secret(accessKey) }),
        ...(secretKey !== undefined && { secretKey: pulumi.secret(secretKey) }),
      },
      opts,
    );
  }
}

/**
 * Ends every instance with the stack's tag when it is deleted, and is gone when they are. It has to depend on what
 * instances hold on to (security group, subnets, key pair, rights), and what starts instances has to depend on it:
 * then `pulumi destroy`, which runs no program, does all this in the right order.
 */
export class Sweep extends pulumi.CustomResource {
  constructor(name: string, tag: StackTag, opts?: pulumi.CustomResourceOptions) {
    super(`${FLEET_PACKAGE}:index:Sweep`, name, { tag: tag.value }, opts);
  }
}
