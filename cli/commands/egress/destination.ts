import { parseImage } from "../../../stacks/settings";

/** Something outside the cluster that a stack connects to. */
export interface Destination {
  readonly host: string;
  readonly port: number;
  /** Who connects: pods of the stack, or the cluster's nodes for images. */
  readonly from: "pods" | "nodes";
  readonly why: string;
}

export const HTTPS = 443;
export const HTTP = 80;
export const SSH = 22;

/** Ports by scheme, where an address names none. */
const PORTS: Readonly<Record<string, number>> = {
  "https:": HTTPS,
  "http:": HTTP,
  "amqps:": 5671,
  "amqp:": 5672,
};

/** Registries that send those who pull to other hosts. */
const REGISTRY_HOSTS: Readonly<Record<string, readonly string[]>> = {
  "docker.io": ["registry-1.docker.io", "auth.docker.io", "production.cloudflare.docker.com"],
  "ghcr.io": ["ghcr.io", "pkg-containers.githubusercontent.com"],
  "quay.io": ["quay.io", "cdn01.quay.io", "cdn02.quay.io", "cdn03.quay.io"],
};

/** Each destination once, with all that it is for, sorted. */
export function listed(all: readonly Destination[]): readonly Destination[] {
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

/** Where the nodes get images from. */
export function registries(sources: readonly string[]): Destination[] {
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

/** What is behind a web address. */
export function at(address: string, why: string): Destination {
  const { port, protocol } = new URL(address);
  return to(hostOf(address), port === "" ? (PORTS[protocol] ?? HTTPS) : Number(port), why);
}

/** A host that pods connect to. */
export function to(host: string, port: number, why: string): Destination {
  return { host, port, from: "pods", why };
}

export function hostOf(address: string): string {
  return new URL(address).hostname;
}
