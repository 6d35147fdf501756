import type { DeleteRequest } from "../../frame/provider";
import { type PlainProperties, reveal, textOf } from "../../frame/values";
import { ApiError } from "../api/api-error";
import { afterWrite } from "../api/client";
import type { Place } from "../api/objects";
import { patienceFor, waitFor } from "../await/wait";
import { explained } from "../change/explain";
import type { Session } from "../cluster/session";
import { fieldManager, parseId } from "../names";
import { at, condition, describe, type KubeObject, listAt, pulumiAnnotation, textAt } from "../object";
import { ownManager } from "../state";
import { parseToken } from "../token";
import { isOurs } from "./existing";

/** Built-in groups of which no object has others made for it; objects of other groups end after their dependents. */
const withoutDependents =
  /^(?:v1|policy\/.*|networking\.k8s\.io\/.*|rbac\.authorization\.k8s\.io\/.*|storage\.k8s\.io\/.*)$/;

/** Deletes an object and waits until it is gone; one that is gone already is as good. */
export async function remove(session: Session, request: DeleteRequest): Promise<void> {
  const token = parseToken(request.type);
  // A kind that is served no more took its objects along.
  const kind = await session.findKind(token);
  if (kind === undefined) return;
  const state = reveal(request.state);
  const { namespace, name } = parseId(request.id, session.namespace);
  const place: Place = { kind, namespace: kind.namespaced ? namespace : "", name };
  try {
    const left = await askFor(session, request, place, state);
    // A status instead of the object says that it went at once; so does an object whose deletion has not only begun.
    if (left === undefined || left.kind === "Status" || !isBeingDeleted(left)) return;
    await awaitGone(session, request.urn, place, left, request.timeoutSeconds);
  } catch (error) {
    throw afterWrite(explained(error, state, ""));
  }
}

async function askFor(
  session: Session,
  request: DeleteRequest,
  place: Place,
  state: PlainProperties,
): Promise<KubeObject | undefined> {
  const propagationPolicy = propagation(state, place);
  const uid = textAt(state, "metadata", "uid");
  const preconditions = uid === "" ? {} : { preconditions: { uid } };
  try {
    return await session.objects.delete(place, { propagationPolicy, ...preconditions });
  } catch (error) {
    if (
      !(error instanceof ApiError) ||
      error.code !== 409 ||
      !error.message.includes("UID in the precondition")
    )
      throw error;
    // The object was deleted by hand and made again: by this resource, or by somebody whose it is now.
    const other = await session.objects.get(place);
    if (other === undefined) return undefined;
    if (isOurs(other, ownManager(state) ?? fieldManager(request.urn))) {
      return await session.objects.delete(place, { propagationPolicy });
    }
    const text = `${describe(other)} was made anew by somebody else since the last update, so it is left alone`;
    session.engine.log("warning", text, request.urn);
    return undefined;
  }
}

function isBeingDeleted(object: KubeObject): boolean {
  return at(object, "metadata", "deletionTimestamp") !== undefined;
}

function propagation(state: PlainProperties, place: Place): string {
  const wish = pulumiAnnotation(state, "deletionPropagationPolicy").toLowerCase();
  const named = { foreground: "Foreground", background: "Background", orphan: "Orphan" }[wish];
  // Going after its dependents takes an object a round through the garbage collector: only where it can have any.
  return named ?? (withoutDependents.test(place.kind.apiVersion) ? "Background" : "Foreground");
}

/** Waits until an object whose deletion has begun is gone, and says what holds it. */
export async function awaitGone(
  session: Session,
  urn: string,
  place: Place,
  object: KubeObject,
  customSeconds: number,
): Promise<void> {
  const uid = textAt(object, "metadata", "uid");
  await waitFor(session, {
    urn,
    place,
    object,
    patience: patienceFor(object, customSeconds),
    unmet: "is still there",
    check: (now) => (now === undefined || textAt(now, "metadata", "uid") !== uid ? undefined : holding(now)),
  });
}

function holding(object: KubeObject): string {
  if (!isBeingDeleted(object)) return "its deletion has not begun";
  const remaining = [
    "NamespaceDeletionContentFailure",
    "NamespaceContentRemaining",
    "NamespaceFinalizersRemaining",
  ]
    .map((type) => condition(object, type))
    .find((found) => found?.status === "True");
  if (remaining !== undefined) return `deleting: ${textOf(remaining.message)}`;
  const finalizers = listAt(object, "metadata", "finalizers").map(textOf);
  return finalizers.length === 0 ? "deleting" : `deleting: held by ${finalizers.join(", ")}`;
}
