import { unknownProperty } from "../frame/nearest";
import type { CheckFailure } from "../frame/provider";
import { type PlainProperties, textOf } from "../frame/values";

/** The provider's configuration. */
export interface Settings {
  /** Whose repositories they are. */
  readonly owner: string;
  readonly token: string;
  /** Where the API listens, without a slash at the end. */
  readonly api: string;
}

const KNOWN = ["owner", "organization", "token", "baseUrl"];
/** What a server on this machine needs no word about. */
const HARMLESS = [
  "insecure",
  "maxRetries",
  "readDelayMs",
  "writeDelayMs",
  "retryDelayMs",
  "parallelRequests",
];
/** What the engine adds to every provider's inputs. */
const ENGINE = ["version", "pluginDownloadURL", "__internal"];

/** What is wrong with a provider's configuration. */
export function checkSettings(config: PlainProperties): CheckFailure[] {
  const known = [...KNOWN, ...HARMLESS];
  return Object.keys(config)
    .filter((name) => !known.includes(name) && !ENGINE.includes(name))
    .map((property) => ({ property, reason: unknownProperty(property, known) }));
}

/**
 * The settings out of configuration and environment, which the official plugin reads as well.
 * @throws Error unless the API is on this machine
 */
export function readSettings(config: PlainProperties, env: NodeJS.ProcessEnv): Settings {
  const address = textOf(config.baseUrl) || (env.GITHUB_BASE_URL ?? "");
  const { hostname } = URL.canParse(address) ? new URL(address) : { hostname: "" };
  if (!/^(localhost|\[::1\]|127\.\d+\.\d+\.\d+)$/.test(hostname)) {
    throw new Error(
      `the provider's baseUrl ${address === "" ? "is not set" : `is ${JSON.stringify(address)}`}: the stand-in for the ` +
        "github plugin drives a GitHub API on this machine only. Start one with node .local/build/github-api.js, set " +
        "GITHUB_BASE_URL as it says, or install the official plugin",
    );
  }
  return {
    owner: textOf(config.owner) || textOf(config.organization) || (env.GITHUB_OWNER ?? ""),
    token: textOf(config.token) || (env.GITHUB_TOKEN ?? ""),
    api: address.replace(/\/+$/, ""),
  };
}
