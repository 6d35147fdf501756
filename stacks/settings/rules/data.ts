import { setCommand } from "../fixes";
import type { StackName } from "../names";
import { bytesOf } from "../quantity";
import type { WrittenSettings } from "../schema/packit";
import type { Rule } from "./rule";

/** About the PostgreSQL of any program. */
type DatabaseRule = Rule<StackName, Pick<WrittenSettings, "database">>;

/** Shared memory counts against the database's memory limit and must leave room for the rest (D01). */
export const sharedMemoryFits: DatabaseRule = ({ stack, written }) => {
  const databases = [
    { path: ["database"], settings: written.database },
    { path: ["database", "beside"], settings: written.database.beside },
  ];
  return databases.flatMap(({ path, settings }) => {
    if (settings === undefined) return [];
    const { memory, sharedMemory } = { ...written.database, ...settings };
    if ((bytesOf(sharedMemory) ?? 0) <= (bytesOf(memory) ?? 0) / 2) return [];
    return [
      {
        path: [...path, "sharedMemory"],
        problem: "is more than half of the memory, against which it counts",
        seen: `${sharedMemory} of ${memory}`,
        fix: setCommand(stack, [...path, "memory"], "1Gi"),
      },
    ];
  });
};

/** Two PostgreSQL of one version would share their objects. */
export const versionsDiffer: DatabaseRule = ({ written: { database } }) =>
  database.beside?.version === database.version
    ? [
        {
          path: ["database", "beside", "version"],
          problem: "is the version in use; one beside it needs another",
          seen: String(database.version),
          fix: "set the version that the data moves to, or comes from",
        },
      ]
    : [];

/** Two key-value stores of one kind would share their objects. */
export const kindsDiffer: Rule = ({ written: { keyValue } }) =>
  keyValue.beside?.kind === keyValue.kind
    ? [
        {
          path: ["keyValue", "beside", "kind"],
          problem: "is the kind in use; one beside it needs another",
          seen: keyValue.kind,
          fix: "set the kind that the queues move to, or come from",
        },
      ]
    : [];
