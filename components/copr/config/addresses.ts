declare const NORMAL: unique symbol;

/** Absolute address of a service without a slash at its end (C7). Only {@link baseUrl} makes one. */
export type BaseUrl = string & { readonly [NORMAL]: true };

/** A service by host and port, inside the cluster. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** Public hosts of an instance, each with a port where that is not the scheme's own. */
export interface CoprHosts {
  readonly frontend: string;
  /** Results of builds: repositories, logs and source packages. */
  readonly results: string;
  readonly distGit: string;
  /** The page about builders. @default it is not public */
  readonly resalloc?: string | undefined;
}

/**
 * Every public address of an instance. Builders, other services and browsers all use these, never a name of the
 * cluster: they are stored in the database and handed to machines outside (C3 to C6).
 */
export interface CoprUrls {
  readonly frontend: BaseUrl;
  /** Root of the server of results. */
  readonly backend: BaseUrl;
  /** Where projects' folders are. */
  readonly results: BaseUrl;
  readonly distGit: BaseUrl;
  /** What builders clone from. */
  readonly distGitClone: BaseUrl;
  /** Pages of cgit. */
  readonly distGitPages: BaseUrl;
  /** Logs of imports. */
  readonly distGitLogs: BaseUrl;
  readonly resalloc?: BaseUrl;
}

/**
 * The addresses behind the hosts.
 *
 * @param scheme - `http` is for instances without certificates, which only a developer's are (S16).
 * @throws Error for a host that is none.
 */
export function coprUrls(hosts: CoprHosts, scheme: "https" | "http"): CoprUrls {
  const at = (host: string, path = ""): BaseUrl => {
    if (!/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/.test(host)) {
      throw new Error(`${JSON.stringify(host)} is no host: give a name in small letters, or name:port`);
    }
    return baseUrl(`${scheme}://${host}${path}`);
  };
  return {
    frontend: at(hosts.frontend),
    backend: at(hosts.results),
    results: at(hosts.results, "/results"),
    distGit: at(hosts.distGit),
    distGitClone: at(hosts.distGit, "/git"),
    distGitPages: at(hosts.distGit, "/cgit"),
    distGitLogs: at(hosts.distGit, "/per-task-logs"),
    ...(hosts.resalloc !== undefined && { resalloc: at(hosts.resalloc) }),
  };
}

/**
 * An address as readers join paths to it.
 *
 * @throws Error for what is no address of a server, or says more than where it is.
 */
export function baseUrl(text: string): BaseUrl {
  const refuse = (why: string): never => {
    throw new Error(`${JSON.stringify(text)} ${why}: give an address like https://copr.example.org`);
  };
  const url = URL.canParse(text) ? new URL(text) : refuse("is no address");
  if (url.protocol !== "https:" && url.protocol !== "http:") refuse("is neither https nor http");
  if (url.username !== "" || url.password !== "") refuse("names a user");
  if (url.search !== "" || url.hash !== "") refuse("has more than a path");
  const path = url.pathname.replaceAll(/\/{2,}/g, "/").replace(/\/$/, "");
  return `${url.protocol}//${url.host}${path}` as BaseUrl;
}

/** Host of an address, with the port where it is not the scheme's own: what a `Host` header says. */
export function hostHeader(url: BaseUrl): string {
  return new URL(url).host;
}

/** Host of an address, without a port. */
export function hostName(url: BaseUrl): string {
  return new URL(url).hostname;
}

/** `host:port`, for readers that take no address. */
export function hostAndPort({ host, port }: Endpoint): string {
  return `${host}:${port}`;
}

/** Address of a service in the cluster. */
export function endpointUrl(endpoint: Endpoint): BaseUrl {
  return baseUrl(`http://${hostAndPort(endpoint)}`);
}
