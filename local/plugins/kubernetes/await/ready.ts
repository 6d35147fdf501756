import type { Place } from "../api/objects";
import type { Session } from "../cluster/session";
import { at, type KubeObject, listAt, mapAt, textAt } from "../object";
import { judge } from "./verdict";
import { patienceFor, waitFor } from "./wait";

/** Waits until an object that was made or changed is ready, and returns it as it is then. */
export async function awaitReady(
  session: Session,
  urn: string,
  place: Place,
  object: KubeObject,
  customSeconds: number,
): Promise<KubeObject> {
  if (judge(object).ready || (await bindsLater(session, place, object))) return object;
  return await waitFor(session, {
    urn,
    place,
    object,
    patience: patienceFor(object, customSeconds),
    unmet: "is not ready",
    check: (now) => {
      if (now === undefined) throw new Error("was deleted while it was waited for");
      const verdict = judge(now);
      if (verdict.ready) return undefined;
      if (verdict.failed === true) throw new Error(`is not ready: ${verdict.waiting}`);
      return verdict.waiting;
    },
  });
}

/** Whether the object is a claim whose volume is only bound once a pod uses it. */
async function bindsLater(session: Session, place: Place, object: KubeObject): Promise<boolean> {
  if (place.kind.plural !== "persistentvolumeclaims" || place.kind.apiVersion !== "v1") return false;
  const named = at(object, "spec", "storageClassName");
  const classes = await storageClasses(session);
  // Who may not read the classes cannot tell; the pods that use the claim are waited for in any case.
  if (classes === undefined) return true;
  const used = classes.find((item) =>
    named === undefined
      ? textAt(item, "metadata", "annotations", "storageclass.kubernetes.io/is-default-class") === "true"
      : textAt(item, "metadata", "name") === named,
  );
  return textAt(used, "volumeBindingMode") === "WaitForFirstConsumer";
}

async function storageClasses(session: Session): Promise<KubeObject[] | undefined> {
  try {
    const kind = await session.findKind({ apiVersion: "storage.k8s.io/v1", kind: "StorageClass" });
    if (kind === undefined) return undefined;
    return listAt(await session.objects.list(kind, ""), "items").map((item) => mapAt(item));
  } catch {
    return undefined;
  }
}
