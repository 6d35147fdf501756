import type { PackitStackName } from "./names";
import type { WrittenSettings } from "./schema/packit";
import { type Service, serviceOf } from "./services";

/** A service whose data a dashboard shows. */
export type Backend = NonNullable<WrittenSettings["dashboard"]["backends"]>[number];

/** What users choose a service by. */
const TITLES: Readonly<Record<Service, string>> = {
  packit: "Packit",
  stream: "CentOS Stream",
  "fedora-source-git": "Fedora source-git",
  "fedora-ci": "Fedora CI",
};

/**
 * All services whose data a stack's dashboard shows, its own first.
 *
 * @param host - Public host of the stack's own API.
 * @param others - As the settings name them.
 */
export function dashboardBackends(
  stack: PackitStackName,
  host: string,
  others: readonly Backend[] = [],
): readonly Backend[] {
  const service = serviceOf(stack);
  return [{ name: TITLES[service], context: service, host }, ...others];
}
