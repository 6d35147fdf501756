import type { Checkout } from "./checkout";

/** What lies in a Secret beside a secret, and is the same everywhere. */
const PUBLIC = new Set([
  "packit-ssh/config",
  "packit-keytab/fedora.keytab",
  "postgres-secret/database-host",
  "postgres-secret/database-name",
  "postgres-secret/database-user",
]);

/** What no two instances may have in common: their namespaces, hosts and the values of their secrets. */
export async function ownThings(checkout: Checkout, stack: string): Promise<ReadonlySet<string>> {
  const objects = await checkout.objectsOf(stack, "secrets,ingresses,namespaces");
  const of = (kind: string): typeof objects => objects.filter((object) => object.kind === kind);
  return new Set([
    ...of("Namespace").map(({ metadata }) => metadata.name),
    ...of("Ingress").map(({ spec }) => String(spec.rules[0].host)),
    ...of("Secret").flatMap(({ metadata, data }) =>
      Object.entries(data as Record<string, string>)
        .filter(([key]) => !PUBLIC.has(`${metadata.name}/${key}`))
        .map(([, value]) => value),
    ),
  ]);
}
