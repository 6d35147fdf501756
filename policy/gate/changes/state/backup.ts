import { DURABLE } from "../../../where";
import { kindOf, objectName } from "../../kinds";
import type { Change, State } from "../../plan";
import { each, type UnsafeChange } from "../../unsafe-change";
import { at, isUnknown, numberAt, shown, textAt } from "../../values";

/** Backups get fewer, or what guards against deletion is turned off. */
export const backupLowered: UnsafeChange = {
  id: "state/backup",
  title: "Backups and deletion protection are not lowered",
  why: "it shows only on the day when somebody needs them",
  instead: "leave them as they are; to move backups, start the new ones first",
  where: DURABLE,
  find: each(function* (change) {
    if (isBackup(change)) yield* lowered(change);
    for (const [path, off] of GUARDS) {
      const [from, to] = [at(change.before?.inputs, ...path), at(change.after?.inputs, ...path)];
      if (change.before === undefined || change.after === undefined || from === undefined || from === to)
        continue;
      const word = path.join(".");
      if (isUnknown(to)) yield { says: `${word} is not known yet`, from: shown(from), undecided: true };
      else if (off(from, to))
        yield { says: `${word} is lowered`, from: shown(from), to: shown(to), lost: "a way back" };
    }
  }),
};

const turnedOff = (from: unknown, to: unknown): boolean => from === true && to !== true;
const turnedOn = (from: unknown, to: unknown): boolean => from === false && to === true;
const fewer = (from: unknown, to: unknown): boolean => Number(from) > Number(to ?? 0);

/** Fields of AWS resources, with what makes a change of them a lowering. */
const GUARDS: readonly (readonly [path: readonly string[], lowers: typeof fewer])[] = [
  [["deletionProtection"], turnedOff],
  [["disableApiTermination"], turnedOff],
  [["backupRetentionPeriod"], fewer],
  [["skipFinalSnapshot"], turnedOn],
  [["forceDestroy"], turnedOn],
  [["deletionWindowInDays"], fewer],
  [["versioning", "enabled"], turnedOff],
  [["versioningConfiguration", "status"], (from, to) => from === "Enabled" && to !== "Enabled"],
  [["pointInTimeRecovery", "enabled"], turnedOff],
];

function isBackup(change: Change): boolean {
  return kindOf(change) === "CronJob" && (objectName(change.before) ?? "").includes("backup");
}

function* lowered({ action, before, after }: Change) {
  if (action === "delete") yield { says: "the backup's job is deleted", lost: "all backups from now on" };
  if (after === undefined || before === undefined) return;
  if (at(after.inputs, "spec", "suspend") === true && at(before.inputs, "spec", "suspend") !== true)
    yield {
      says: "the backup's job is suspended",
      from: "running",
      to: "suspended",
      lost: "all backups from now on",
    };
  const [from, to] = [kept(before), kept(after)];
  if (from !== undefined && to !== undefined && to < from)
    yield { says: "fewer backups are kept", from: String(from), to: String(to), lost: "the older backups" };
}

/** How many backups the job keeps, all generations together. */
function kept(state: State): number | undefined {
  const containers = at(state.inputs, "spec", "jobTemplate", "spec", "template", "spec", "containers");
  if (!Array.isArray(containers)) return undefined;
  const counts = containers.flatMap((container: unknown) => {
    const env = at(container, "env");
    if (!Array.isArray(env)) return [];
    return env
      .filter((entry) => textAt(entry, "name")?.startsWith("KEEP_") === true)
      .map((entry) => numberAt(entry, "value") ?? 0);
  });
  return counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0);
}
