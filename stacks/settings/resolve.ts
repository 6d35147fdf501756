import {
  databaseImage,
  hasNginx,
  IMAGE_ORIGINS,
  imageUses,
  keyValueImage,
  pinned,
  resolveImage,
} from "./images";
import type { PackitStackName } from "./names";
import { namespacesOf } from "./namespaces";
import { placementOf } from "./placement";
import { bytesOf } from "./quantity";
import { referencesIn, referenceTo } from "./references";
import type { WrittenSettings } from "./schema/packit";
import type { ImageSettings, KeyValueStoreSettings, PostgresSettings, Settings } from "./settings";

/** The address of the stack's own pushgateway: its Service. */
const OWN_PUSHGATEWAY = "http://pushgateway";

/** What follows from the settings: places by name, images by platform, switches by other switches. */
export function resolve(stack: PackitStackName, written: WrittenSettings, local: boolean): Settings {
  const places = namespacesOf(stack, written);
  const { namespace = places.namespace, sandboxNamespace = places.sandboxNamespace, ...others } = written;
  const { cluster, hosts, identity: who, namespaceExists, pulls, pushgatewayAddress, ...rest } = others;
  const { images, storageClass = defaultStorageClass(written), ...plain } = rest;
  const identity = written.testInstances.identities.find(({ name }) => name === who);
  const isLocal = local || cluster === undefined;
  return {
    ...plain,
    stack,
    namespace,
    // Nobody has made it on the local control plane.
    namespaceExists: !isLocal && (namespaceExists ?? isGivenNamespaces(stack, written)),
    ...(written.components.sandbox && sandboxNamespace !== undefined && { sandboxNamespace }),
    hosts: { ...placementOf(stack).hosts, ...hosts },
    ...(!isLocal && { cluster }),
    // The local control plane has its own default class, and none by the name of a cluster's.
    ...(!isLocal && storageClass !== undefined && { storageClass }),
    durable: stack.deployment !== "dev",
    generatesSecrets: stack.deployment === "dev",
    ...(stack.kind === "test-instance" && { ttl: written.ttl ?? written.testInstances.ttl }),
    ...(identity !== undefined && { identity, ...whoItIs(written, identity) }),
    references: stack.pulls.length > 0 ? stack.pulls.map(referenceTo) : referencesIn(pulls ?? {}),
    components: { ...written.components, nginx: hasNginx(written.components) },
    imageSchedule: images.schedule,
    images: resolveImages(stack, written),
    imageUses: imageUses(stack, written),
    database: resolveDatabases(stack, written),
    keyValue: resolveStores(stack, written),
    pushgatewayAddress: written.components.pushgateway ? OWN_PUSHGATEWAY : (pushgatewayAddress ?? ""),
  };
}

/** What an identity says of the applications' settings: who they are to Fedora, and where they may make noise. */
function whoItIs(
  { service, distgit }: WrittenSettings,
  { fas, distgitNamespace }: WrittenSettings["testInstances"]["identities"][number],
): Pick<WrittenSettings, "service" | "distgit"> {
  return {
    service: { ...service, ...(fas !== undefined && { fasUser: fas }) },
    distgit: { ...distgit, ...(distgitNamespace !== undefined && { namespace: distgitNamespace }) },
  };
}

/** The managed platform's people hand out the namespaces of environments; those of test instances are asked for. */
function isGivenNamespaces(stack: PackitStackName, { platform }: WrittenSettings): boolean {
  return platform === "mpp" && stack.kind === "environment";
}

/** The class of the volumes on the managed platform. */
function defaultStorageClass({ platform }: WrittenSettings): string | undefined {
  return platform === "mpp" ? "aws-ebs" : undefined;
}

/**
 * Bytes of data after which a key-value store evicts keys. A quarter of the memory stays for the copies that writing
 * a dump makes, and the volume has to hold a dump and its predecessor at once (D15).
 */
export function maxmemoryOf(memory: string, storage: string): number {
  return Math.floor(Math.min((bytesOf(memory) ?? 0) * 0.75, (bytesOf(storage) ?? 0) * 0.45));
}

function resolveImages(stack: PackitStackName, written: WrittenSettings): Settings["images"] {
  const names = Object.keys(IMAGE_ORIGINS) as (keyof typeof IMAGE_ORIGINS)[];
  const followed = names.map((name): [string, ImageSettings] => [
    name,
    resolveImage(stack, written.platform, written.images[name], IMAGE_ORIGINS[name]),
  ]);
  const { source, pin } = written.images.sandcastle;
  const sandcastle: ImageSettings = { source: pinned(source, pin) };
  return { ...Object.fromEntries(followed), sandcastle } as Settings["images"];
}

function resolveDatabases(stack: PackitStackName, written: WrittenSettings): Settings["database"] {
  const { beside, image, name, ...own } = written.database;
  const withImage = (sizes: typeof own, ownImage?: typeof image): PostgresSettings => ({
    ...sizes,
    image: resolveImage(stack, written.platform, databaseImage(sizes.version, ownImage), "other"),
  });
  return {
    ...withImage(own, image),
    name,
    ...(beside !== undefined && { beside: withImage({ ...own, ...beside }, beside.image) }),
  };
}

function resolveStores(stack: PackitStackName, written: WrittenSettings): Settings["keyValue"] {
  const { beside, host, image, ...own } = written.keyValue;
  const withImage = (sizes: typeof own, ownImage?: typeof image): KeyValueStoreSettings => ({
    ...sizes,
    image: resolveImage(stack, written.platform, keyValueImage(sizes.kind, ownImage), "other"),
    maxmemory: maxmemoryOf(sizes.memory, sizes.storage),
  });
  return {
    ...withImage(own, image),
    hostname: host ?? own.kind,
    external: host !== undefined,
    ...(beside !== undefined && { beside: withImage({ ...own, ...beside }, beside.image) }),
  };
}
