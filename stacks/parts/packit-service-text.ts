import { packitServiceConfig, type PackitServiceConfig } from "../../components/packit/config/packit-service";
import { GITHUB_APP_KEY_PATH } from "../../components/packit/paths";
import type { Settings } from "../settings";

/** The secrets that `packit-service.yaml` holds, in plain text. */
export interface ServiceFileSecrets {
  /** Token by forge. */
  readonly forgeTokens: Readonly<Record<string, string>>;
  /** Number of the GitHub App. @default the instance is none */
  readonly appId?: string | undefined;
  readonly credentials: PackitServiceConfig["credentials"];
}

/** What depends on where the instance runs. */
export interface ServiceFilePlace extends Pick<
  PackitServiceConfig,
  "commandHandler" | "dashboardUrl" | "keytab" | "repositoryCache" | "serverName"
> {
  /** Where the App's tokens are kept. @default nowhere */
  readonly tokmanUrl?: string | undefined;
}

/** `packit-service.yaml`, from the settings and the secrets that it holds. */
export function packitServiceText(
  { appcode, forges, service, stack }: Settings,
  { forgeTokens, appId, credentials }: ServiceFileSecrets,
  { tokmanUrl, ...place }: ServiceFilePlace,
): string {
  const { dashboardUrl, ...options } = service;
  return packitServiceConfig({
    ...place,
    // Some have theirs elsewhere.
    dashboardUrl: place.dashboardUrl ?? dashboardUrl,
    deployment: stack.deployment,
    forges: Object.fromEntries(
      forges.map(({ name, instanceUrl, type, githubApp: isApp }) => [
        name,
        {
          instanceUrl,
          type,
          token: forgeTokens[name],
          ...(isApp === true &&
            appId !== undefined && {
              githubApp: { id: appId, privateKeyPath: GITHUB_APP_KEY_PATH },
              ...(tokmanUrl !== undefined && { tokmanUrl }),
            }),
        },
      ]),
    ),
    credentials,
    // A label of the sandbox pods, and nothing else.
    options: { ...options, ...(place.commandHandler.kind === "sandcastle" && { appcode }) },
  });
}
