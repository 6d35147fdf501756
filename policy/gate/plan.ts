import { differences, type Difference } from "./differences";
import type { Preview, Step, WrittenState } from "./preview";
import type { Stack } from "./stack";
import type { Thresholds } from "./limits";
import { isMap } from "./values";

/** What happens to a resource. `other` is what only looks at it or brings it under the stack's care. */
export type Action = "create" | "update" | "replace" | "delete" | "same" | "other";

/** A resource at one side of a change. */
export interface State {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  /** URN of the resource whose deletion takes this one along. */
  readonly deletedWith: string | undefined;
  readonly ignoreChanges: readonly string[];
  readonly parent: string | undefined;
  /** URN and id of the provider. */
  readonly provider: string | undefined;
}

/** What a deployment would do with one resource. */
export interface Change {
  readonly urn: string;
  /** Type token, for example `kubernetes:core/v1:Secret`. */
  readonly type: string;
  /** Name within the stack. */
  readonly name: string;
  readonly action: Action;
  /** Replaced by deleting the old one before the new one is there. */
  readonly deleteFirst: boolean;
  readonly before: State | undefined;
  readonly after: State | undefined;
  /** Fields for which the engine replaces it. */
  readonly replaceReasons: readonly string[];
  readonly differences: readonly Difference[];
}

/** A whole deployment as its preview tells of it. */
export interface Plan {
  readonly stack: Stack;
  readonly changes: readonly Change[];
  readonly thresholds: Thresholds;
  /** Whether unchanged resources are among the changes. */
  readonly showsUnchanged: boolean;
  /** Whether the steps of each replacement are shown, and with them their order. */
  readonly showsReplacements: boolean;
  /** Whether the engine has refused it with an error. */
  readonly refused: boolean;
  /** How many resources there are before the deployment. */
  readonly existing: number;
  /** How many of them change, shown or not. */
  readonly touched: number;
}

/** Brings a preview's steps together, one change for each resource. */
export function planOf(preview: Preview, stack: Stack, thresholds: Thresholds): Plan {
  const byResource = new Map<string, Step[]>();
  for (const step of preview.steps) {
    const known = byResource.get(step.urn);
    if (known === undefined) byResource.set(step.urn, [step]);
    else known.push(step);
  }
  const changes = [...byResource].flatMap(([urn, steps]) => changesOf(urn, steps));
  const { same = 0, update = 0, replace = 0, delete: deleted = 0 } = preview.summary;
  const sames = preview.steps.filter(({ op }) => op === "same").length;
  const replaced = changes.filter(({ action }) => action === "replace");
  const old = changes.filter(({ before }) => before !== undefined);
  const touched = old.filter(({ action }) => action !== "same" && action !== "other").length;
  return {
    stack,
    changes,
    thresholds,
    showsUnchanged: sames >= same,
    showsReplacements:
      replaced.length === 0 || preview.steps.some(({ op }) => /^(create|delete)-replace/.test(op)),
    refused: preview.errors.length > 0,
    existing: Math.max(old.length, same + update + replace + deleted),
    touched: Math.max(touched, update + replace + deleted),
  };
}

function changesOf(urn: string, steps: readonly Step[]): Change[] {
  // What an earlier deployment has replaced, and could not delete then.
  const leftovers = steps.filter(({ op, oldState }) => op === "delete" && oldState?.delete === true);
  const own = steps.filter((step) => !leftovers.includes(step));
  return [...leftovers.map((step) => changeOf(urn, [step])), ...(own.length > 0 ? [changeOf(urn, own)] : [])];
}

function changeOf(urn: string, steps: readonly Step[]): Change {
  const action = actionOf(steps);
  const old = steps.find(({ oldState }) => isState(oldState))?.oldState;
  const made = steps.findLast(({ newState }) => isState(newState))?.newState;
  const before = action === "create" ? undefined : stateOf(old);
  const after = action === "delete" ? undefined : stateOf(made);
  const ops = steps.map(({ op }) => op);
  const deleted = ops.indexOf("delete-replaced");
  const reasons = steps.flatMap(({ replaceReasons, detailedDiff }) => [
    ...(replaceReasons ?? []),
    ...Object.entries(detailedDiff ?? {}).flatMap(([path, diff]) =>
      isMap(diff) && String(diff.kind).endsWith("-replace") ? [path] : [],
    ),
  ]);
  return {
    urn,
    type: typeOf(urn),
    name: urn.slice(urn.lastIndexOf("::") + 2),
    action,
    deleteFirst: deleted >= 0 && deleted < ops.indexOf("create-replacement"),
    before,
    after,
    replaceReasons: [...new Set(reasons)],
    differences: before !== undefined && after !== undefined ? differences(before.inputs, after.inputs) : [],
  };
}

function actionOf(steps: readonly Step[]): Action {
  const ops = new Set(steps.map(({ op }) => op));
  if (ops.has("replace") || ops.has("create-replacement") || ops.has("import-replacement")) return "replace";
  for (const action of ["delete", "create", "update", "same"] as const) if (ops.has(action)) return action;
  // The old half of a replacement whose new half is not shown.
  return ops.has("delete-replaced") || ops.has("discard-replaced") ? "replace" : "other";
}

/** The type in a URN, without those of its parents. */
function typeOf(urn: string): string {
  const qualified = urn.split("::")[2] ?? "";
  return qualified.slice(qualified.lastIndexOf("$") + 1);
}

function isState(state: WrittenState | null | undefined): state is WrittenState {
  return state !== null && state !== undefined;
}

function stateOf(state: WrittenState | null | undefined): State | undefined {
  if (!isState(state)) return undefined;
  return {
    inputs: state.inputs ?? {},
    protect: state.protect === true,
    retainOnDelete: state.retainOnDelete === true,
    deletedWith: state.deletedWith === "" ? undefined : (state.deletedWith ?? undefined),
    ignoreChanges: state.ignoreChanges ?? [],
    parent: state.parent ?? undefined,
    provider: state.provider ?? undefined,
  };
}
