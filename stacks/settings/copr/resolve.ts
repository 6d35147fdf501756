import { databaseImage, keyValueImage } from "../images";
import type { CoprStackName } from "../names";
import { maxmemoryOf } from "../resolve";
import type { PostgresSettings } from "../settings";
import { coprImage, coprImageUses } from "./images";
import { coprNamesOf } from "./names";
import { poolsOf } from "./pools";
import type { WrittenCoprSettings } from "./schema";
import type { CoprSettings } from "./settings";

/** What follows from the settings: names, images, pools. */
export function resolveCopr(
  stack: CoprStackName,
  written: WrittenCoprSettings,
  local: boolean,
): CoprSettings {
  const names = coprNamesOf(stack, written);
  const { builders, cluster, images, keyValue, namespaceExists, resalloc, storageClass, ...others } = written;
  const isLocal = local || cluster === undefined;
  const { enabled, maxAgeHours, maxInstances, reaper } = builders;
  return {
    ...others,
    ...names,
    stack,
    // Nobody has made it on the local control plane.
    namespaceExists: !isLocal && namespaceExists === true,
    ...(!isLocal && { cluster }),
    // The local control plane has its own default class, and none by the name of a cluster's.
    ...(!isLocal && storageClass !== undefined && { storageClass }),
    durable: stack.deployment !== "dev",
    images: mapValues(images, coprImage),
    imageUses: coprImageUses(written),
    database: resolveDatabase(written),
    keyValue: {
      ...keyValue,
      image: coprImage(keyValueImage(keyValue.kind, keyValue.image)),
      maxmemory: maxmemoryOf(keyValue.memory, keyValue.storage),
    },
    ...(enabled && { resalloc }),
    pools: enabled ? poolsOf(names.instance, builders) : {},
    reaper: { mode: reaper, maxAgeHours, maxInstances },
  };
}

function resolveDatabase({ database }: WrittenCoprSettings): CoprSettings["database"] {
  const { beside, dump, image, name, ...own } = database;
  const withImage = (sizes: typeof own, ownImage?: typeof image): PostgresSettings => ({
    ...sizes,
    image: coprImage(databaseImage(sizes.version, ownImage)),
  });
  return {
    ...withImage(own, image),
    name,
    ...(dump !== undefined && { dump }),
    ...(beside !== undefined && { beside: withImage({ ...own, ...beside }, beside.image) }),
  };
}

function mapValues<K extends string, A, B>(
  map: Readonly<Record<K, A>>,
  convert: (value: A) => B,
): Record<K, B> {
  const entries = Object.entries(map) as [K, A][];
  return Object.fromEntries(entries.map(([key, value]) => [key, convert(value)])) as Record<K, B>;
}
