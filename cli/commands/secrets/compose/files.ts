import { coprConfig } from "../../../../components/packit/config/copr";
import { fedoraMessaging, MOUNTED_CERTIFICATE } from "../../../../components/packit/config/fedora-messaging";
import { packitHosts, sshConfig } from "../../../../components/packit/config/ssh";
import { SSH_IDENTITY_PATH } from "../../../../components/packit/paths";
import { packitServiceText } from "../../../../stacks/parts/packit-service-text";
import type { GivenSecrets, Settings } from "../../../../stacks/settings";

/** Where people reach the services that docker-compose runs. */
export interface ComposePlace {
  /** Host of the API, with a port when it is not 443. */
  readonly serverName: string;
  readonly dashboardUrl: string;
}

/** What packit-service's docker-compose files reckon with. */
export const COMPOSE_PLACE: ComposePlace = {
  serverName: "service.localhost",
  dashboardUrl: "https://dashboard.localhost:8443",
};

/**
 * The files that packit-service's docker-compose mounts, under the names that it has for them. What is not given is
 * not written.
 *
 * @throws Error when a forge has no token.
 */
export function composeFiles(
  settings: Settings,
  secrets: GivenSecrets,
  place: ComposePlace = COMPOSE_PLACE,
): Record<string, string | Buffer> {
  const { tls, ssh, copr, keytab, githubApp, messaging, centosmsg } = secrets;
  const { fasUser } = settings.service;
  return given({
    "packit-service.yaml": packitServiceText(
      settings,
      { forgeTokens: secrets.forgeTokens ?? {}, appId: githubApp?.id, credentials: secrets.service ?? {} },
      // There is no cluster, and so neither sandbox nor volumes.
      { ...place, keytab: keytab !== undefined, commandHandler: { kind: "local" }, repositoryCache: false },
    ),
    "fedora.toml": fedoraToml(settings, messaging),
    copr: isComplete(copr) ? coprConfig(copr) : undefined,
    ssh_config: fasUser === undefined ? undefined : sshConfig(packitHosts(fasUser, SSH_IDENTITY_PATH)),
    id_ed25519: ssh?.privateKey,
    "id_ed25519.pub": ssh?.publicKey,
    "fedora.keytab": keytab === undefined ? undefined : Buffer.from(keytab, "base64"),
    "fullchain.pem": tls?.fullchain,
    "privkey.pem": tls?.privkey,
    "private-key.pem": githubApp?.privateKey,
    "cacert.pem": messaging?.ca,
    "fedora-cert.pem": messaging?.cert,
    "fedora-key.pem": messaging?.key,
    "centos.cert": centosmsg?.certificate,
    "centos-server-ca.cert": centosmsg?.serverCa,
  });
}

function fedoraToml({ messaging }: Settings, secrets: GivenSecrets["messaging"]): string | undefined {
  if (secrets?.queue === undefined) return undefined;
  const { amqpUrl, app, exchange, routingKeys, queue } = messaging;
  return fedoraMessaging({
    amqpUrl,
    app,
    exchange,
    routingKeys,
    queue: { name: secrets.queue, ...queue },
    ...(secrets.cert !== undefined && { certificate: MOUNTED_CERTIFICATE }),
  });
}

type Copr = NonNullable<GivenSecrets["copr"]>;

function isComplete(copr: Copr | undefined): copr is Required<Copr> {
  return copr?.login !== undefined && copr.username !== undefined && copr.token !== undefined;
}

function given(
  files: Readonly<Record<string, string | Buffer | undefined>>,
): Record<string, string | Buffer> {
  return Object.fromEntries(
    Object.entries(files).filter((entry): entry is [string, string | Buffer] => entry[1] !== undefined),
  );
}
