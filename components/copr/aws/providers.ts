import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { FLEET_PACKAGE, FleetProvider } from "./sweep";

/** The account of AWS that a stack deploys to, and with whose rights. */
export interface AwsAccess {
  readonly region: string;
  /** Twelve digits; any other account is refused. @default whatever the rights belong to */
  readonly account?: string;
  /** Profile of the AWS command line. @default AWS's own environment variables and files */
  readonly profile?: string;
  /** Key in place of a profile. */
  readonly key?: {
    readonly accessKeyId: pulumi.Input<string>;
    readonly secretAccessKey: pulumi.Input<string>;
  };
  /** Address of an AWS API server on this machine, such as `http://127.0.0.1:5000`. @default AWS itself */
  readonly endpoint?: string;
}

/** Services that the components use, as `endpoints` names them. */
const SERVICES = ["ec2", "iam", "sts", "lambda", "eventbridge", "logs"] as const;

/** Providers for a component's option `providers`: that of `@pulumi/aws`, and the one that sweeps on deletion. */
export type AwsProviders = Readonly<Record<"aws" | typeof FLEET_PACKAGE, pulumi.ProviderResource>>;

/** Both providers of one account. Without `key` and `endpoint` they find AWS's own settings by themselves. */
export function awsProviders(
  name: string,
  access: AwsAccess,
  opts: pulumi.ResourceOptions = {},
): AwsProviders {
  const { region, account, profile, key, endpoint } = access;
  const shared = {
    region,
    ...(profile !== undefined && { profile }),
    ...(key !== undefined && { accessKey: key.accessKeyId, secretKey: pulumi.secret(key.secretAccessKey) }),
  };
  return {
    aws: new aws.Provider(
      name,
      {
        ...shared,
        ...(account !== undefined && { allowedAccountIds: [account] }),
        ...(endpoint !== undefined && {
          endpoints: [Object.fromEntries(SERVICES.map((service) => [service, endpoint]))],
          skipCredentialsValidation: true,
          skipMetadataApiCheck: true,
        }),
      },
      opts,
    ),
    [FLEET_PACKAGE]: new FleetProvider(
      `${name}-fleet`,
      { ...shared, ...(endpoint !== undefined && { endpoint }) },
      opts,
    ),
  };
}
