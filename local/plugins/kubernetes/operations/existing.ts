import { setTimeout as sleep } from "node:timers/promises";
import { isNamespaceMissing } from "../api/api-error";
import type { Applied, Applying } from "../api/objects";
import { owners } from "../change/managed-fields";
import { arrivalPause, arrivalTime, type Session } from "../cluster/session";
import { describe, type KubeObject } from "../object";
import { idOf } from "../names";
import type { Outgoing } from "./target";

/** Whether this very resource applied the object: a create that was interrupted, or whose state was lost. */
export function isOurs(existing: KubeObject, manager: string): boolean {
  return owners(existing).some((owner) => owner.manager === manager && owner.operation === "Apply");
}

/** Refuses to take over an object that this resource has not made. */
export function refuseExisting(existing: KubeObject): never {
  throw new Error(
    `${describe(existing)} is there already, and this resource has not made it. Take it over with the resource option ` +
      `import: "${idOf(existing)}" (or the provider's "upsertExistingObjects"), delete it, or choose another name.`,
  );
}

/** Applies an object, and waits for its namespace where a controller is only just making that. */
export async function applyInTime(session: Session, going: Outgoing, how: Applying): Promise<Applied> {
  const end = Date.now() + arrivalTime;
  for (;;) {
    try {
      return await session.objects.apply(going.place, going.body, how);
    } catch (error) {
      if (!isNamespaceMissing(error) || Date.now() >= end) throw error;
      await sleep(arrivalPause, undefined, { signal: session.signal });
    }
  }
}
