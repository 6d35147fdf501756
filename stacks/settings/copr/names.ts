import type { CoprStackName } from "../names";
import { coprDomainOf, type CoprHostNames, coprHostsOf } from "../placement";
import type { WrittenCoprSettings } from "./schema";

/** The names under which a Copr is found, in its cluster, in DNS and in AWS. */
export interface CoprNames {
  readonly instance: string;
  readonly namespace: string;
  readonly hosts: CoprHostNames;
  /** Value of the tag that everything in AWS carries. */
  readonly tag: string;
}

/** All names come from the instance's, unless the settings say others. */
export function coprNamesOf(
  stack: CoprStackName,
  written: Pick<WrittenCoprSettings, "domain" | "hosts" | "instance" | "namespace">,
): CoprNames {
  const { instance = stack.name, hosts } = written;
  const { namespace = instance, domain = coprDomainOf(instance) } = written;
  return {
    instance,
    namespace,
    hosts: { ...coprHostsOf(domain), ...hosts },
    tag: `packit/${instance}`,
  };
}

/**
 * Name of a pool, as resalloc has it. Resalloc takes every machine whose name begins with the pool's for one of that
 * pool: an instance's name has no two hyphens in a row and a pool's own name no hyphen at all, so that no instance's
 * pool is the beginning of another's.
 */
export function poolName(instance: string, pool: string): string {
  return `${instance.replaceAll("-", "_")}__${pool}`;
}
