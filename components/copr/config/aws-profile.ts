import { configParserText } from "../../config/configparser";

/** Folder of the AWS client's files. */
export const AWS_FOLDER = "/etc/resalloc-aws";

/** Folder of the token by which a role is taken. */
export const AWS_TOKEN_FOLDER = "/var/run/secrets/aws";

/** The one profile, which commands have to name. */
export const AWS_PROFILE = "default";

/** Where and how the AWS client calls. */
export interface AwsProfile {
  readonly region: string;
  /** Address of a server of the API that is not AWS. @default AWS */
  readonly endpoint?: string | undefined;
  /** Role that the token is exchanged for. @default the key of the other file */
  readonly roleArn?: string | undefined;
}

/** The AWS client's `config`. */
export function awsConfig({ region, endpoint, roleArn }: AwsProfile): string {
  return configParserText(
    {
      [AWS_PROFILE]: {
        region,
        output: "json",
        ...(endpoint !== undefined && { endpoint_url: endpoint }),
        ...(roleArn !== undefined && {
          role_arn: roleArn,
          role_session_name: "resalloc",
          web_identity_token_file: `${AWS_TOKEN_FOLDER}/token`,
        }),
      },
    },
    false,
  );
}

/** The AWS client's `credentials`. It holds a password, so it belongs into a Secret. */
export function awsCredentials(accessKeyId: string, secretAccessKey: string): string {
  return configParserText(
    { [AWS_PROFILE]: { aws_access_key_id: accessKeyId, aws_secret_access_key: secretAccessKey } },
    false,
  );
}
