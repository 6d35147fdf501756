import { unknownProperty } from "../frame/nearest";
import type { CheckFailure } from "../frame/provider";
import { isProperties, type Plain, type PlainProperties, textOf, unknown } from "../frame/values";
import type { Service } from "./api/client";
import { textList } from "./kind";

/** The provider's configuration. */
export interface Settings {
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string | undefined;
  };
  /** Accounts that may be deployed to; empty: any. */
  readonly allowedAccounts: readonly string[];
  /** Tags of every resource that has tags. */
  readonly defaultTags: Readonly<Record<string, string>>;
  /**
   * Where a service listens: the configuration's `endpoints`, else `AWS_ENDPOINT_URL_<SERVICE>`, else
   * `AWS_ENDPOINT_URL`.
   * @throws Error unless that is on this machine
   */
  endpoint(service: Service): URL;
}

const texts = ["accessKey", "secretKey", "token", "region"];
const objects = ["endpoints", "defaultTags", "allowedAccountIds"];
/** What a server on this machine needs no word about. */
const harmless = [
  "profile",
  ...["skipCredentialsValidation", "skipMetadataApiCheck", "skipRegionValidation"],
  ...["skipRequestingAccountId", "s3UsePathStyle"],
];
/** What the engine adds to every provider's inputs. */
const engineKeys = ["version", "pluginDownloadURL", "__internal"];

/** The services' names in the setting `endpoints`. */
const endpointNames: Readonly<Record<Service, readonly string[]>> = {
  ec2: ["ec2"],
  iam: ["iam"],
  sts: ["sts"],
  events: ["eventbridge", "cloudwatchevents"],
  lambda: ["lambda"],
  logs: ["logs", "cloudwatchlogs"],
};

/** What stands for a service in a variable's name, where that is not its own name. */
const variableNames: Partial<Record<Service, string>> = { events: "EVENTBRIDGE", logs: "CLOUDWATCH_LOGS" };

/** What is wrong with a provider's configuration. */
export function checkSettings(config: PlainProperties): CheckFailure[] {
  const known = [...texts, ...objects, ...harmless];
  const failures = Object.keys(config)
    .filter((name) => !known.includes(name) && !engineKeys.includes(name))
    .map((property) => ({ property, reason: unknownProperty(property, known) }));
  const endpoints = parsed(config.endpoints);
  for (const given of Array.isArray(endpoints) ? endpoints : []) {
    for (const [name, address] of Object.entries(isProperties(given) ? given : {})) {
      if (address === unknown || address === "") continue;
      const reason = notLocal(textOf(address), `endpoints.${name}`);
      if (reason !== undefined) failures.push({ property: "endpoints", reason });
    }
  }
  return failures;
}

/** The settings out of configuration and environment. */
export function readSettings(config: PlainProperties, env: NodeJS.ProcessEnv): Settings {
  const given = (name: string, ...variables: string[]): string =>
    textOf(config[name]) || (variables.map((variable) => env[variable]).find((text) => text) ?? "");
  const endpoints = parsed(config.endpoints);
  const listed = Array.isArray(endpoints) ? endpoints.filter((item) => isProperties(item)) : [];
  const tags = parsed(config.defaultTags);
  const wanted = isProperties(tags) && isProperties(tags.tags) ? tags.tags : {};
  return {
    region: given("region", "AWS_REGION", "AWS_DEFAULT_REGION"),
    // A server on this machine has no accounts of its own; it takes any key.
    credentials: {
      accessKeyId: given("accessKey", "AWS_ACCESS_KEY_ID") || "test",
      secretAccessKey: given("secretKey", "AWS_SECRET_ACCESS_KEY") || "test",
      sessionToken: given("token", "AWS_SESSION_TOKEN") || undefined,
    },
    allowedAccounts: textList(parsed(config.allowedAccountIds)),
    defaultTags: Object.fromEntries(Object.entries(wanted).map(([key, value]) => [key, textOf(value)])),
    endpoint: (service) => {
      const named = endpointNames[service].flatMap((name) => listed.map((item) => textOf(item[name])));
      const ours = env[`AWS_ENDPOINT_URL_${variableNames[service] ?? service.toUpperCase()}`];
      const address =
        [...named, ours, env.AWS_ENDPOINT_URL].find((text) => text !== undefined && text !== "") ?? "";
      const reason = notLocal(address, `the endpoint of ${service}`);
      if (reason !== undefined) throw new Error(reason);
      return new URL(address);
    },
  };
}

function notLocal(address: string, what: string): string | undefined {
  const host = URL.canParse(address) ? new URL(address).hostname : "";
  if (/^(localhost|\[::1\]|127\.\d+\.\d+\.\d+)$/.test(host)) return undefined;
  const found = address === "" ? "is not set" : `is ${JSON.stringify(address)}`;
  return (
    `${what} ${found}: the stand-in for the aws plugin drives an AWS API server on this machine only. Set the ` +
    `provider's endpoints or AWS_ENDPOINT_URL to its address, such as http://127.0.0.1:5000, or install the official plugin`
  );
}

/** The npm package hands lists and maps of a configuration over as JSON. */
function parsed(value: Plain | undefined): Plain | undefined {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as Plain;
  } catch {
    return undefined;
  }
}
