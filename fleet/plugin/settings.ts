import { checkFields, type Fields } from "../../local/plugins/frame/fields";
import type { CheckFailure } from "../../local/plugins/frame/provider";
import { type PlainProperties, textOf } from "../../local/plugins/frame/values";
import type { Ec2Options } from "../ec2";

const text = { type: "string" } as const;

/** The provider's configuration; what is left out, AWS's own environment variables and files give. */
const FIELDS: Fields = {
  region: { ...text, required: true },
  profile: text,
  accessKey: text,
  secretKey: text,
  token: text,
  endpoint: text,
};

/** What the engine adds to every provider's configuration. */
const ENGINE_KEYS = ["version", "pluginDownloadURL", "__internal"];

/** What is wrong with a configuration. */
export function checkSettings(config: PlainProperties): CheckFailure[] {
  const given = Object.entries(config).filter(([name]) => !ENGINE_KEYS.includes(name));
  const failures = checkFields(Object.fromEntries(given), FIELDS);
  if ((config.accessKey === undefined) !== (config.secretKey === undefined)) {
    failures.push({ property: "secretKey", reason: '"accessKey" and "secretKey" go together' });
  }
  return failures;
}

/** How EC2 is reached. */
export function readSettings(config: PlainProperties): Ec2Options {
  const [region, profile, endpoint] = [config.region, config.profile, config.endpoint].map(textOf);
  const [accessKeyId, secretAccessKey, sessionToken] = [
    textOf(config.accessKey),
    textOf(config.secretKey),
    textOf(config.token),
  ];
  return {
    ...(region !== "" && { region }),
    ...(profile !== "" && { profile }),
    ...(endpoint !== "" && { endpoint }),
    ...(accessKeyId !== "" && {
      credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== "" && { sessionToken }) },
    }),
  };
}
