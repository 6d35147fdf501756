/** A service whose data a dashboard shows. */
export interface DashboardBackend {
  /** What users choose it by, for example `Fedora CI`. */
  readonly name: string;
  /** What addresses of its pages begin with, for example `fedora-ci`. */
  readonly context: string;
  /** Public host of its API. */
  readonly host: string;
}

/** Where the pages find the list of backends. */
export const BACKENDS_PATH = "/backends.json";

/** File with the list of backends. */
export const BACKENDS_FILE = "backends.json";

/** File with what the web server, Apache httpd, has to know. */
export const SERVER_FILE = "backends.conf";

const HOST = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/;

/**
 * The list of backends as the pages read it, the one that they show first at its head.
 *
 * @throws Error when two have the same name, context or host.
 */
export function backendsFile(backends: readonly DashboardBackend[]): string {
  for (const key of ["name", "context", "host"] as const) {
    const values = backends.map((backend) => backend[key]);
    const twice = values.find((value, index) => values.indexOf(value) < index);
    if (twice !== undefined) throw new Error(`two backends of the dashboard have the ${key} ${twice}`);
  }
  const list = backends.map(({ name, context, host }) => ({ name, context, api: `https://${host}/api` }));
  return `${JSON.stringify({ backends: list }, undefined, 2)}\n`;
}

/**
 * What pages may load: the dashboard's own files, and data of the backends. It takes the place of the image's own
 * policy, which lets every host below `packit.dev` in and none beside.
 *
 * @throws Error for a host that would not stand for itself alone in the policy.
 */
export function contentSecurityPolicy(backends: readonly DashboardBackend[]): string {
  const wrong = backends.find(({ host }) => !HOST.test(host));
  if (wrong !== undefined) throw new Error(`the backend ${wrong.name} cannot have the host ${wrong.host}`);
  return ["default-src 'self'", ...backends.map(({ host }) => `https://${host}`)].join(" ");
}

/** The end of the web server's configuration. */
export function serverFile(backends: readonly DashboardBackend[]): string {
  return `Header set Content-Security-Policy "${contentSecurityPolicy(backends)}"\n`;
}
