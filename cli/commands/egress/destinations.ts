import { parseImage, type Settings } from "../../../stacks/settings";

/** Something outside the cluster that a stack connects to. */
export interface Destination {
  readonly host: string;
  readonly port: number;
  /** Who connects: pods of the stack, or the cluster's nodes for images. */
  readonly from: "pods" | "nodes";
  readonly why: string;
}

const HTTPS = 443;
const SSH = 22;
const MQTT_TLS = 8883;

/** Ports by scheme, where an address names none. */
const PORTS: Readonly<Record<string, number>> = {
  "https:": HTTPS,
  "http:": 80,
  "amqps:": 5671,
  "amqp:": 5672,
};

/** Services of Fedora that Packit's code talks to whatever its settings say; their domain is that of dist-git. */
const FEDORA: readonly (readonly [host: string, port: number, why: string])[] = [
  ["koji", HTTPS, "Koji builds"],
  ["kojipkgs", HTTPS, "logs and packages of Koji"],
  ["bodhi", HTTPS, "Bodhi updates"],
  ["id", HTTPS, "Kerberos and OpenID of the Fedora account"],
  ["pkgs", HTTPS, "sources of packages"],
  ["pkgs", SSH, "pushes to dist-git"],
];

/** Registries that send those who pull to other hosts. */
const REGISTRY_HOSTS: Readonly<Record<string, readonly string[]>> = {
  "docker.io": ["registry-1.docker.io", "auth.docker.io", "production.cloudflare.docker.com"],
  "ghcr.io": ["ghcr.io", "pkg-containers.githubusercontent.com"],
  "quay.io": ["quay.io", "cdn01.quay.io", "cdn02.quay.io", "cdn03.quay.io"],
};

/**
 * Hosts and ports outside the cluster that a stack needs, each once, sorted. What the sandbox's pods reach is up to
 * the projects whose commands they run.
 */
export function destinationsOf(settings: Settings): readonly Destination[] {
  const all = [
    ...forges(settings),
    ...fedora(settings),
    ...services(settings),
    ...buses(settings),
    ...registries(settings),
  ];
  const unique = new Map<string, Destination>();
  for (const destination of all) {
    const key = `${destination.host}:${destination.port} ${destination.from}`;
    const known = unique.get(key);
    const why =
      known === undefined || known.why.includes(destination.why)
        ? destination.why
        : `${known.why}, ${destination.why}`;
    unique.set(key, { ...destination, why });
  }
  return [...unique.values()].sort(
    (a, b) => a.from.localeCompare(b.from) * -1 || a.host.localeCompare(b.host) || a.port - b.port,
  );
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

function registries({ imageUses, images }: Settings): Destination[] {
  const sources = [...imageUses.map(({ source }) => source), images.sandcastle.source];
  return sources.flatMap((source) => {
    const registry = parseImage(source)?.registry;
    if (registry === undefined) return [];
    const [host = "", port] = registry.split(":");
    return (REGISTRY_HOSTS[host] ?? [host]).map((name) => ({
      ...to(name, port === undefined ? HTTPS : Number(port), "images"),
      from: "nodes" as const,
    }));
  });
}

function at(address: string, why: string): Destination {
  const { port, protocol } = new URL(address);
  return to(hostOf(address), port === "" ? (PORTS[protocol] ?? HTTPS) : Number(port), why);
}

function to(host: string, port: number, why: string): Destination {
  return { host, port, from: "pods", why };
}

function hostOf(address: string): string {
  return new URL(address).hostname;
}
