import type { Plan } from "./plan";
import type { Preview, Step } from "./preview";
import { plain } from "./text";

/** The engine's operations, with the states that a step of each has. */
const OPERATIONS: Readonly<Record<string, { readonly old: boolean; readonly new: boolean }>> = {
  same: { old: true, new: true },
  create: { old: false, new: true },
  update: { old: true, new: true },
  delete: { old: true, new: false },
  replace: { old: true, new: true },
  "create-replacement": { old: true, new: true },
  "delete-replaced": { old: true, new: false },
  read: { old: false, new: true },
  "read-replacement": { old: false, new: true },
  refresh: { old: true, new: false },
  import: { old: false, new: true },
  "import-replacement": { old: false, new: true },
  discard: { old: true, new: false },
  "discard-replaced": { old: true, new: false },
  "remove-pending-replace": { old: true, new: false },
};

/** Most doubts that are told one by one. */
const MOST = 5;

/** What of a preview does not fit together, so that nothing of it can be relied on. */
export function doubtsOf(preview: Preview, { changes }: Plan): string[] {
  const found = [
    ...preview.steps.flatMap(doubtOf),
    ...missing(preview),
    ...(changes.length === 0 && preview.errors.length === 0 ? ["it shows no resource"] : []),
  ];
  return found.length > MOST
    ? [...found.slice(0, MOST), `and ${found.length - MOST} more like these`]
    : found;
}

function doubtOf({ op, urn, oldState, newState }: Step): string[] {
  const states = Object.hasOwn(OPERATIONS, op) ? OPERATIONS[op] : undefined;
  const name = plain(urn.slice(urn.lastIndexOf("::") + 2));
  if (states === undefined) return [`the operation ${plain(op)} of ${name} is unknown to the gate`];
  return [
    ...(states.old && (oldState ?? null) === null ? [`${op} of ${name} does not tell what was there`] : []),
    ...(states.new && (newState ?? null) === null
      ? [`${op} of ${name} does not tell what will be there`]
      : []),
  ];
}

/** Operations that the summary counts and no step shows. Unchanged resources are shown only when asked for. */
function missing({ steps, summary }: Preview): string[] {
  return ["create", "update", "replace", "delete"].flatMap((op) => {
    const shown = steps.filter((step) => step.op === op).length;
    const counted = summary[op] ?? 0;
    return shown < counted ? [`its summary counts ${counted} of ${op}, and ${shown} are shown`] : [];
  });
}
