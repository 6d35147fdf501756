import { differences, type Difference } from "../gate/differences";
import { displayName } from "../gate/kinds";
import type { Preview } from "../gate/preview";
import { plain } from "../gate/text";

/** Something that is not as the stack has made it. */
export interface Drift {
  readonly urn: string;
  /** Kind and name. */
  readonly resource: string;
  /** How the resource is called at its provider: `namespace/name` for objects of a cluster. */
  readonly id: string | undefined;
  readonly apiVersion: string | undefined;
  readonly kind: string | undefined;
  /** Whether it is no longer there, or how it differs: fields that the stack sets, as they were and as they are. */
  readonly gone: boolean;
  readonly fields: readonly Difference[];
}

/**
 * What a refresh would find changed. Fields that the stack leaves to others are none of it, and neither are those
 * that only the cluster sets.
 *
 * @param refresh - Of `pulumi refresh --preview-only --json`.
 */
export function driftsOf(refresh: Preview): readonly Drift[] {
  return refresh.steps.flatMap(({ op, urn, oldState, newState }) => {
    if (oldState === null || oldState === undefined || (op !== "update" && op !== "delete")) return [];
    const { inputs, id } = oldState;
    const fields =
      op === "delete"
        ? []
        : differences(inputs, newState?.inputs).filter(isOwn(oldState.ignoreChanges ?? []));
    if (op === "update" && fields.length === 0) return [];
    const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
    return [
      {
        urn: plain(urn, 1000),
        resource: plain(displayName({ type, name: urn.slice(urn.lastIndexOf("::") + 2) })),
        id: id ?? undefined,
        apiVersion: textOf(inputs?.apiVersion),
        kind: textOf(inputs?.kind),
        gone: op === "delete",
        fields,
      },
    ];
  });
}

/** Whether the stack cares for a field: what it ignores, and anything within, belongs to others. */
function isOwn(ignored: readonly string[]): (field: Difference) => boolean {
  return ({ path }) =>
    !ignored.some((other) => path === other || path.startsWith(`${other}.`) || path.startsWith(`${other}[`));
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
