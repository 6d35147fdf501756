import { type Base, type PackitStackName, type StackName, TEST_BASES, type TestBase } from "./names";

/** Public host names of an instance. */
export interface Hosts {
  /** The web API, which receives webhooks. */
  readonly api: string;
  readonly dashboard: string;
  /** Metrics and Flower. */
  readonly workers: string;
  /** redis-commander; absent: it has none. */
  readonly redisCommander?: string;
}

/** Where a stack's objects live. */
export interface Placement {
  readonly namespace: string;
  /** Namespace of the pods in which jobs run users' commands; absent where the program has no sandbox. */
  readonly sandboxNamespace?: string;
  /** Absent for Copr, whose hosts are below its domain: see {@link coprHostsOf}. */
  readonly hosts?: Hosts;
}

/** The table: namespace, sandbox and hosts of each environment. Running ones keep the names that they have. */
const ENVIRONMENTS: Readonly<Record<Base, Placement>> = {
  dev: withSandbox("packit-dev", hostsUnder("dev.packit.dev")),
  stg: withSandbox("packit--stg", hostsUnder("stg.packit.dev")),
  prod: withSandbox("packit--prod", productionHosts("packit.dev")),
  "stream-stg": { namespace: "stream-stg", hosts: hostsUnder("stg.stream.packit.dev") },
  "stream-prod": { namespace: "stream-prod", hosts: productionHosts("stream.packit.dev") },
  "source-git-stg": {
    namespace: "fedora-source-git-stg",
    hosts: hostsUnder("stg.fedora-source-git.packit.dev"),
  },
  "source-git-prod": {
    namespace: "fedora-source-git-prod",
    hosts: productionHosts("fedora-source-git.packit.dev"),
  },
  "fedora-ci-stg": withSandbox("fedora-ci--stg", hostsUnder("stg.fedora-ci.packit.dev")),
  "fedora-ci-prod": withSandbox("fedora-ci--prod", productionHosts("fedora-ci.packit.dev")),
  "copr-dev": { namespace: "copr-dev" },
  "copr-stg": { namespace: "copr-stg" },
  "copr-prod": { namespace: "copr-prod" },
};

/**
 * Domain of each base's test instances, and what their namespaces begin with. Production's stay out of the production
 * domain.
 */
const TEST_PLACES: Readonly<Record<TestBase, { readonly domain: string; readonly prefix: string }>> = {
  dev: { domain: "dev.packit.dev", prefix: "packit-" },
  stg: { domain: "stg.packit.dev", prefix: "packit-" },
  prod: { domain: "prod.dev.packit.dev", prefix: "packit-" },
  "fedora-ci-stg": { domain: "stg.fedora-ci.packit.dev", prefix: "" },
};

/** Where the stack of this name lives. No two names share a namespace or a host. */
export function placementOf(stack: PackitStackName): HostedPlacement;
export function placementOf(stack: StackName): Placement;
export function placementOf(stack: StackName): Placement {
  if (stack.kind === "environment") return ENVIRONMENTS[stack.base];
  const { domain, prefix } = TEST_PLACES[stack.base];
  return withSandbox(`${prefix}${stack.name}`, {
    api: `${stack.label}.${domain}`,
    dashboard: `dashboard-${stack.label}.${domain}`,
    workers: `workers-${stack.label}.${domain}`,
  });
}

/** Public host names of a Copr. */
export interface CoprHostNames {
  /** Web pages and API. */
  readonly frontend: string;
  /** Built packages. */
  readonly results: string;
  /** Sources of the builds. */
  readonly distGit: string;
  /** Resalloc's pages. */
  readonly resalloc: string;
}

/** Domain of a Copr by this name. */
export function coprDomainOf(instance: string): string {
  return `${instance}.packit.dev`;
}

/** Hosts of a Copr below its domain. */
export function coprHostsOf(domain: string): CoprHostNames {
  return {
    frontend: domain,
    results: `results.${domain}`,
    distGit: `dist-git.${domain}`,
    resalloc: `resalloc.${domain}`,
  };
}

/** A placement whose hosts come from the table. */
export type HostedPlacement = Placement & { readonly hosts: Hosts };

/** The stack that a namespace or host belongs to, or the words "test instances"; undefined when it is free. */
export function ownerOf(name: string): string | undefined {
  const environment = Object.entries(ENVIRONMENTS).find(
    ([, { namespace, sandboxNamespace, hosts }]) =>
      name === namespace ||
      name === sandboxNamespace ||
      (hosts !== undefined && [hosts.api, hosts.dashboard, hosts.workers].includes(name)),
  );
  if (environment !== undefined) return environment[0];
  // Several of a Copr stack are called after it, with a word of their own.
  const copr = COPR_NAME.exec(name)?.[1];
  if (copr !== undefined) return copr;
  const ofTestInstance = TEST_BASES.some((base) => {
    const { domain, prefix } = TEST_PLACES[base];
    // A tenant of the managed platform has two hyphens.
    const namespace = new RegExp(`^${prefix.replace(/-$/, "--?")}${base}-`);
    return namespace.test(name) || name.endsWith(`.${domain}`);
  });
  return ofTestInstance ? "test instances" : undefined;
}

/** A namespace of a Copr, or a host in its domain. */
const COPR_NAME =
  /^(?:[a-z0-9.-]+\.(?=.+\.packit\.dev$))?(copr-(?:dev|stg|prod))(?:-[a-z0-9-]+)?(?:\.packit\.dev)?$/;

function withSandbox(namespace: string, hosts: Hosts): HostedPlacement {
  return { namespace, sandboxNamespace: `${namespace}-sandbox`, hosts };
}

function hostsUnder(domain: string): Hosts {
  return { api: domain, dashboard: `dashboard.${domain}`, workers: `workers.${domain}` };
}

function productionHosts(domain: string): Hosts {
  return { ...hostsUnder(domain), api: `prod.${domain}` };
}
