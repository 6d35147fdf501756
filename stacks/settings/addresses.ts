import type { Settings } from "./settings";

/** The public addresses of what a stack has. */
export function addressesOf({ components, hosts }: Settings): Readonly<Record<string, string>> {
  return {
    api: `https://${hosts.api}/api`,
    ...(components.dashboard && { dashboard: `https://${hosts.dashboard}` }),
    ...(components.nginx && { workers: `https://${hosts.workers}` }),
  };
}
