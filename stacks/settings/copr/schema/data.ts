import * as z from "zod";

import { database as packitDatabase, keyValue as packitKeyValue } from "../../schema/data";
import { line, url } from "../../schema/values";

/** PostgreSQL. */
export const database = packitDatabase.extend({
  name: line.meta({ description: "Name of the database in it.", example: "coprdb" }),
  dump: url.exactOptional().meta({
    description:
      "A dump in SQL, as gzip, that an empty database is filled with. A database that holds something is never touched.",
    example: "https://copr.fedorainfracloud.org/db_dumps/copr_db.gz",
  }),
});

const { kind, storage, memory, cpu, image } = packitKeyValue.shape;

/** The key-value store that holds logins, queues and locks. */
export const keyValue = z.strictObject({ kind, storage, memory, cpu, image });
