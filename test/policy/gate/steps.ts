import { judge, type Judging, type Verdict } from "../../../policy/gate/judge";
import { parsePreview } from "../../../policy/gate/parse";

/** What a resource is at one side of a change, as the engine writes it. */
export interface Side {
  readonly inputs?: object;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly deletedWith?: string;
  readonly ignoreChanges?: readonly string[];
  readonly parent?: string;
  readonly provider?: string;
}

export interface Described {
  /** For example `core/v1:Secret`, or a whole token of another provider. */
  readonly type: string;
  readonly name?: string;
  readonly stack?: string;
  readonly from?: Side;
  readonly to?: Side;
  /** Replaces instead of updating; `first` deletes the old one first. */
  readonly replaced?: "first" | "last";
  readonly reasons?: readonly string[];
}

export function urnOf({ type, name = "thing", stack = "prod" }: Described): string {
  return `urn:pulumi:${stack}::packit::packit:stack:Packit$${tokenOf(type)}::${name}`;
}

/** The steps of one resource's change, as the engine makes them with every flag. */
export function steps(described: Described): object[] {
  const { from, to, replaced, reasons = [] } = described;
  const urn = urnOf(described);
  const state = (side: Side | undefined): object | undefined =>
    side && { urn, type: tokenOf(described.type), custom: true, ...side };
  const step = (op: string, old = from, made = to): object => ({
    op,
    urn,
    ...(old && { oldState: state(old) }),
    ...(made && { newState: state(made) }),
    ...(op === "replace" && { replaceReasons: reasons }),
    detailedDiff: null,
  });
  if (replaced !== undefined) {
    const gone = { ...(step("delete-replaced", from) as Record<string, unknown>) };
    delete gone.newState;
    const [replace, made] = [step("replace"), step("create-replacement")];
    return replaced === "first" ? [gone, replace, made] : [made, replace, gone];
  }
  if (from === undefined) return [step("create")];
  if (to === undefined) return [step("delete")];
  return [step(JSON.stringify(from.inputs) === JSON.stringify(to.inputs) ? "same" : "update")];
}

/** A preview of these changes. */
export function document(all: readonly Described[], more: object = {}): string {
  const listed = all.flatMap(steps);
  return JSON.stringify({ steps: listed, ...more });
}

export function verdict(all: readonly Described[], judging: Judging = {}, more: object = {}): Verdict {
  return judge(parsePreview(Buffer.from(document(all, more))), all[0]?.stack ?? "prod", judging);
}

/** Metadata of an object of production. */
export function named(name: string, more: object = {}): { metadata: object } {
  return { metadata: { name, namespace: "packit--prod", ...more } };
}

/** Inputs of a workload of one container. */
export function workload(container: object, spec: object = {}, metadata: object = {}): Side {
  return {
    inputs: {
      ...named("web", metadata),
      spec: {
        replicas: 2,
        ...spec,
        template: {
          metadata: { labels: { component: "web" } },
          spec: { containers: [{ name: "web", ...container }] },
        },
      },
    },
  };
}

function tokenOf(type: string): string {
  return type.split(":").length === 2 ? `kubernetes:${type}` : type;
}
