import { absolutePath, wholeNumber } from "./checks";

/** Port of signd, the default of both programs. */
export const SIGND_PORT = 5167;

/** The networks that clusters give to pods. obs-sign knows IPv4 alone (B19). */
export const PRIVATE_NETWORKS: readonly string[] = [
  "10.0.0.0/8",
  "100.64.0.0/10",
  "172.16.0.0/12",
  "192.168.0.0/16",
];

/** What `sign.conf` of a client says. */
export interface SignClientConfig {
  /** Host of signd. */
  readonly server: string;
  /** Number of the user who may sign: what the container runs as. */
  readonly userId: number;
}

/**
 * The `sign.conf` of the backend, for `/bin/sign`. The client may use any port of its own, so that it needs neither
 * root nor a capability (B18).
 *
 * @throws Error for a host that the client would read as something else.
 */
export function signClientConfig({ server, userId }: SignClientConfig): string {
  if (!/^[A-Za-z0-9.-]+$/.test(server)) throw new Error(`${JSON.stringify(server)} is no host: name signd's`);
  return lines({
    server,
    allowuser: String(wholeNumber("the signer's user", userId)),
    "use-unprivileged-ports": "true",
    // The same for clients from before 2.7.3 with Fedora's change.
    "allow-unprivileged-ports": "true",
  });
}

/** What signd's `sign.conf` says. */
export interface SigndConfig {
  /**
   * Networks of clients, in CIDR notation. The second layer below the NetworkPolicy (S1). @default private ones
   */
  readonly allow?: readonly string[];
  /** Number of the user that signd runs as. */
  readonly userId: number;
  /** Volume with the keys. @default /var/lib/copr-keygen */
  readonly dataFolder?: string;
}

/**
 * The `sign.conf` of signd.
 *
 * @throws Error for networks that are none, or all there are.
 */
export function signdConfig(config: SigndConfig): string {
  const folder = absolutePath("keygen's data folder", config.dataFolder ?? "/var/lib/copr-keygen");
  return lines({
    allow: (config.allow ?? PRIVATE_NETWORKS).map(network).join(" "),
    phrases: `${folder}/phrases`,
    gnupghome: `${folder}/gnupg`,
    gpg: "/usr/bin/gpg-copr",
    allowuser: String(wholeNumber("signd's user", config.userId)),
    "allow-unprivileged-ports": "true",
  });
}

function network(cidr: string): string {
  const [address = "", length = "", ...rest] = cidr.split("/");
  const octets = address.split(".");
  const valid =
    rest.length === 0 &&
    octets.length === 4 &&
    octets.every((octet) => /^\d{1,3}$/.test(octet) && Number(octet) <= 255) &&
    /^\d{1,2}$/.test(length) &&
    Number(length) <= 32;
  if (!valid)
    throw new Error(`signd cannot allow ${JSON.stringify(cidr)}: give IPv4 networks like 10.128.0.0/14`);
  if (Number(length) === 0) throw new Error("signd cannot allow everybody: give the network of the pods");
  return cidr;
}

function lines(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join("");
}
