import * as z from "zod";

import { imageOfKind } from "./images";
import { bytes, cpu, host, line } from "./values";

const volume = { storage: bytes.meta({ description: "Size of the volume.", example: "8Gi" }) };

/** Memory and processor time are both promise and limit, so that the pod is never evicted for others (D16). */
const guaranteed = {
  memory: bytes.meta({ description: "Memory, promised and at most." }),
  cpu: cpu.meta({ description: "Processor time, promised and at most." }),
};

const version = z
  .literal([13, 14, 15, 16])
  .meta({ description: "Major version of PostgreSQL, part of the names of its objects.", example: "15" });

const postgres = {
  ...volume,
  ...guaranteed,
  sharedMemory: bytes.meta({
    description: "Size of /dev/shm, which counts as memory.",
    example: "128Mi",
  }),
};

const postgresImage = imageOfKind
  .exactOptional()
  .meta({ description: "Image; by default the one of the version." });

/** The same settings, each by default that of the one in use. */
function likeTheOther<T extends Record<string, z.ZodType>>(shape: T) {
  const optional = Object.entries(shape).map(([key, type]) => [key, type.exactOptional()]);
  return Object.fromEntries(optional) as { [K in keyof T]: z.ZodExactOptional<T[K]> };
}

/** PostgreSQL. */
export const database = z
  .strictObject({
    version,
    ...postgres,
    image: postgresImage,
    name: line.meta({ description: "Name of the database in it.", example: "packit" }),
    beside: z
      .strictObject({ version, ...likeTheOther(postgres), image: postgresImage })
      .exactOptional()
      .meta({
        description:
          "A second PostgreSQL of another version beside the one in use, while data moves: the new one before, the old one after.",
      }),
  })
  .meta({ description: "PostgreSQL." });

const kind = z
  .enum(["valkey", "redict", "redis"])
  .meta({ description: "Which program; also the name of its objects and the host name that clients use." });

const store = { ...volume, ...guaranteed };

const storeImage = imageOfKind
  .exactOptional()
  .meta({ description: "Image; by default the one of the kind." });

/** The key-value store that holds queues and results. */
export const keyValue = z
  .strictObject({
    kind,
    ...store,
    image: storeImage,
    host: host.exactOptional().meta({ description: "A store outside the stack, instead of one of its own." }),
    beside: z
      .strictObject({ kind, ...likeTheOther(store), image: storeImage })
      .exactOptional()
      .meta({
        description:
          "A second store of another kind beside the one in use, while queues move: the new one before, the old one after.",
      }),
  })
  .meta({ description: "The key-value store that holds queues and results." });
