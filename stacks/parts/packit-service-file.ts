import * as pulumi from "@pulumi/pulumi";

import type { CommandHandler } from "../../components/packit/config/packit-service";
import type { Settings } from "../settings";
import { packitServiceText } from "./packit-service-text";
import type { SecretValues } from "./secret-values";

/** The address of the stack's own tokman: its Service. */
const TOKMAN_URL = "http://tokman";

/** `packit-service.yaml` as a cluster's pods read it. */
export function packitServiceFile(settings: Settings, secrets: SecretValues): pulumi.Output<string> {
  const { components, hosts, repositoryCache } = settings;
  const { forgeTokens, githubApp, service: credentials } = secrets;
  return pulumi.output({ forgeTokens, appId: githubApp?.id, credentials }).apply((plain) =>
    packitServiceText(settings, plain, {
      serverName: hosts.api,
      ...(components.dashboard && { dashboardUrl: `https://${hosts.dashboard}` }),
      keytab: secrets.keytab !== undefined,
      commandHandler: commandHandler(settings),
      repositoryCache: repositoryCache.enabled,
      ...(components.tokman && { tokmanUrl: TOKMAN_URL }),
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
