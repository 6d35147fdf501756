import * as pulumi from "@pulumi/pulumi";

import { packitServiceConfig, type CommandHandler } from "../../components/packit/config/packit-service";
import { GITHUB_APP_KEY_PATH } from "../../components/packit/paths";
import type { Settings } from "../settings";
import type { SecretValues } from "./secret-values";

/** The address of the stack's own tokman: its Service. */
const TOKMAN_URL = "http://tokman";

/** `packit-service.yaml`, from the settings and the secrets that it holds. */
export function packitServiceFile(settings: Settings, secrets: SecretValues): pulumi.Output<string> {
  const { appcode, components, hosts, forges, repositoryCache, sandboxNamespace, stack } = settings;
  const { dashboardUrl, ...options } = settings.service;
  const { forgeTokens, githubApp, service: credentials } = secrets;
  return pulumi.output({ forgeTokens, appId: githubApp?.id, credentials }).apply((plain) =>
    packitServiceConfig({
      deployment: stack.deployment,
      serverName: hosts.api,
      dashboardUrl: components.dashboard ? `https://${hosts.dashboard}` : dashboardUrl,
      keytab: secrets.keytab !== undefined,
      forges: Object.fromEntries(
        forges.map(({ name, instanceUrl, type, githubApp: isApp }) => [
          name,
          {
            instanceUrl,
            type,
            token: plain.forgeTokens[name],
            ...(isApp === true &&
              plain.appId !== undefined && {
                githubApp: { id: plain.appId, privateKeyPath: GITHUB_APP_KEY_PATH },
                ...(components.tokman && { tokmanUrl: TOKMAN_URL }),
              }),
          },
        ]),
      ),
      credentials: plain.credentials,
      commandHandler: commandHandler(settings),
      repositoryCache: repositoryCache.enabled,
      // A label of the sandbox pods, and nothing else.
      options: { ...options, ...(sandboxNamespace !== undefined && { appcode }) },
    }),
  );
}

function commandHandler({ sandboxNamespace, images, storageClass }: Settings): CommandHandler {
  if (sandboxNamespace === undefined) return { kind: "local" };
  return {
    kind: "sandcastle",
    image: images.sandcastle.source,
    namespace: sandboxNamespace,
    ...(storageClass !== undefined && { storageClass }),
  };
}
