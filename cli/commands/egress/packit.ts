import type { Settings } from "../../../stacks/settings";
import { at, type Destination, hostOf, HTTPS, registries, SSH, to } from "./destination";

const MQTT_TLS = 8883;

/** Services of Fedora that Packit's code talks to whatever its settings say; their domain is that of dist-git. */
const FEDORA: readonly (readonly [host: string, port: number, why: string])[] = [
  ["koji", HTTPS, "Koji builds"],
  ["kojipkgs", HTTPS, "logs and packages of Koji"],
  ["bodhi", HTTPS, "Bodhi updates"],
  ["id", HTTPS, "Kerberos and OpenID of the Fedora account"],
  ["pkgs", HTTPS, "sources of packages"],
  ["pkgs", SSH, "pushes to dist-git"],
];

/** What a stack of Packit connects to. What the sandbox's pods reach is up to the projects whose commands they run. */
export function packitDestinations(settings: Settings): Destination[] {
  const { imageUses, images } = settings;
  return [
    ...forges(settings),
    ...fedora(settings),
    ...services(settings),
    ...buses(settings),
    ...registries([...imageUses.map(({ source }) => source), images.sandcastle.source]),
  ];
}

function forges({ forges, distgit }: Settings): Destination[] {
  return [
    ...forges.flatMap(({ name, instanceUrl, type }) => [
      at(instanceUrl, `forge ${name}`),
      // GitHub's API has a host of its own, and GitLab takes pushes by SSH.
      ...(name === "github.com" ? [to("api.github.com", HTTPS, "API of GitHub")] : []),
      ...(type === "gitlab" || name.startsWith("gitlab.")
        ? [to(hostOf(instanceUrl), SSH, "pushes to GitLab")]
        : []),
    ]),
    at(distgit.url, "dist-git"),
  ];
}

function fedora({ distgit }: Settings): Destination[] {
  const domain = /^src\.(.*fedoraproject\.org)$/.exec(hostOf(distgit.url))?.[1];
  if (domain === undefined) return [];
  return FEDORA.map(([host, port, why]) => to(`${host}.${domain}`, port, why));
}

function services(settings: Settings): Destination[] {
  const { service, backup, keyValue, pushgatewayAddress, components } = settings;
  const { testingFarmApiUrl } = service;
  const { enabled, region, endpoint } = backup;
  const isOwn = components.pushgateway || pushgatewayAddress === "";
  return [
    to("copr.fedorainfracloud.org", HTTPS, "Copr builds"),
    to("release-monitoring.org", HTTPS, "new upstream releases"),
    ...(testingFarmApiUrl === undefined ? [] : [at(testingFarmApiUrl, "Testing Farm")]),
    ...(enabled ? [at(endpoint ?? `https://s3.${region}.amazonaws.com`, "backups")] : []),
    ...(keyValue.external ? [to(keyValue.hostname, 6379, "key-value store")] : []),
    ...(isOwn ? [] : [at(pushgatewayAddress, "metrics")]),
  ];
}

function buses({ components, messaging, centosMessages }: Settings): Destination[] {
  return [
    ...(components.fedmsg ? [at(messaging.amqpUrl, "Fedora's messages")] : []),
    ...(components.centosmsg ? [to(centosMessages.host, MQTT_TLS, "CentOS Stream's messages")] : []),
  ];
}
