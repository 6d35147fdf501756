import { DURABLE } from "../../../where";
import { kindOf, objectName } from "../../kinds";
import type { Change, State } from "../../plan";
import { each, type UnsafeChange } from "../../unsafe-change";
import { at, listAt, numberAt, same, shown } from "../../values";

/** The name of a database leads to other pods from now on. */
export const repointed: UnsafeChange = {
  id: "data/repointed",
  title: "A database's Service keeps leading to the same database",
  why: "everything writes to another, perhaps empty database at once, and what is written apart cannot be joined again",
  instead: "follow docs/operations/database-upgrade.md: stop the writers, move the data, then switch over",
  where: DURABLE,
  find: each(function* (change) {
    const { before, after } = change;
    if (kindOf(change) !== "Service" || before === undefined || after === undefined || !isDatabase(change))
      return;
    for (const field of ["selector", "externalName", "type"]) {
      const [from, to] = [at(before.inputs, "spec", field), at(after.inputs, "spec", field)];
      if (same(from, to)) continue;
      yield {
        says: `it leads elsewhere: its ${field} changes`,
        from: shown(from),
        to: shown(to),
        lost: "nothing yet: the old data is where it was",
      };
    }
  }),
};

/** Ports of PostgreSQL and of the key-value stores. */
const PORTS = new Set([5432, 6379, 3306]);

function isDatabase(change: Change): boolean {
  return [change.before, change.after].some(
    (state) =>
      portsOf(state).some((port) => PORTS.has(port)) ||
      /postgres|valkey|redis|redict/.test(objectName(state) ?? ""),
  );
}

function portsOf(state: State | undefined): number[] {
  return listAt(state?.inputs, "spec", "ports").flatMap((port) => numberAt(port, "port") ?? []);
}
