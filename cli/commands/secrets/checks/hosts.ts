import { type Tree, valueAt } from "../../../../stacks/settings/tree";
import { chainOf, endOf } from "./certificate";

/** Public hosts that the certificate of a stack does not cover; none when there is no certificate to be read. */
export function hostsWithoutCertificate(hosts: readonly string[], secrets: Tree): readonly string[] {
  const pem = valueAt(secrets, ["tls", "fullchain"]);
  if (typeof pem !== "string" || endOf(pem) === undefined) return [];
  const [own] = chainOf(pem);
  return hosts.filter((host) => own?.checkHost(host) === undefined);
}
