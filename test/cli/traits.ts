import { parse as parseToml } from "smol-toml";
import { parse as parseYaml } from "yaml";

import { leavesOf } from "../../cli/commands/secrets/leaves";
import type { Checkout, LiveObject } from "../support/checkout";

/** What belongs to one instance alone, by kind. */
export type Traits = Readonly<
  Record<"hosts" | "queues" | "secrets" | "claims" | "accounts", readonly string[]>
>;

/** Names under which clients find their own database, the same in every namespace. */
const NAMES_OF_THE_DATABASE = ["database-host", "database-name"];

/** The traits of a stack as its cluster holds them, and of its secrets also as they were given. */
export async function traitsOf(
  checkout: Checkout,
  name: string,
): Promise<{ readonly name: string; readonly values: Traits }> {
  const objects = await checkout.objectsOf(name, "routes,secrets,persistentvolumeclaims,serviceaccounts");
  const ofKind = (kind: string): LiveObject[] => objects.filter((object) => object.kind === kind);
  const files = new Map(
    ofKind("Secret").flatMap(({ metadata, data }) =>
      Object.entries(data as Readonly<Record<string, string>>).map(([key, value]) => [
        `${metadata.name}/${key}`,
        Buffer.from(value, "base64").toString("latin1"),
      ]),
    ),
  );
  const file = (path: string): string => files.get(path) ?? "";
  const messaging = parseToml(file("fedora-messaging/fedora.toml")) as { readonly queues: object };
  const service = parseYaml(file("packit-config/packit-service.yaml")) as { readonly fas_user: string };
  const { stdout } = await checkout.pulumiLocally(name, "config", "get", "packit:secrets");
  const given = leavesOf(JSON.parse(stdout)).map(({ value }) => value);
  const held = [...files]
    .filter(([path]) => !NAMES_OF_THE_DATABASE.some((key) => path.endsWith(`/${key}`)))
    .map(([, value]) => value);
  return {
    name,
    values: {
      hosts: ofKind("Route").map(({ spec }) => spec.host),
      queues: Object.keys(messaging.queues),
      secrets: [...given, ...held],
      claims: ofKind("PersistentVolumeClaim").map(({ spec }) => spec.volumeName),
      accounts: [
        `Fedora's ${service.fas_user}`,
        `the database's ${file("postgres-secret/database-user")}`,
        ...ofKind("ServiceAccount").map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
      ],
    },
  };
}

/** What two instances have in common; of secrets only that there is one. */
export function sharedBetween(one: Traits, other: Traits): string[] {
  return Object.entries(one).flatMap(([kind, values]) =>
    values
      .filter((value) => other[kind as keyof Traits].includes(value))
      .map((value) => (kind === "secrets" ? `a secret of ${value.length} characters` : `${kind}: ${value}`)),
  );
}
