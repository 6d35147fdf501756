import { type CreateRequest, type Made, NotReady } from "../../frame/provider";
import { hasUnknown, reveal } from "../../frame/values";
import { awaitReady } from "../await/ready";
import { GaveUp } from "../await/wait";
import { afterWrite } from "../api/client";
import { explained } from "../change/explain";
import { previewed } from "../change/previewed";
import type { Session } from "../cluster/session";
import { fieldManager, idOf } from "../names";
import { at, type KubeObject, textAt } from "../object";
import { toState } from "../state";
import { parseToken } from "../token";
import { applyInTime, isOurs, refuseExisting } from "./existing";
import { awaitGone } from "./delete";
import { outgoing, type Outgoing } from "./target";
import { tryOut } from "./try-out";

/** Makes an object and waits until it is ready; in preview, has the API server check it. */
export async function create(session: Session, request: CreateRequest): Promise<Made> {
  const token = parseToken(request.type);
  const manager = fieldManager(request.urn);
  if (request.preview) {
    const kind = await session.findKind(token);
    const plain = reveal(request.inputs);
    if (kind === undefined) {
      session.engine.log(
        "warning",
        `${await session.unserved(token)}: it cannot be checked in preview`,
        request.urn,
      );
      return { id: "", state: toState(previewed(plain, plain, true), request.inputs, manager) };
    }
    const going = outgoing(session, request.inputs, kind);
    const tried = (await tryOut(session, going, manager, true)) ?? going.body;
    return { id: "", state: toState(previewed(tried, going.body, true), request.inputs, manager) };
  }
  const going = outgoing(session, request.inputs, await session.kind(token));
  const made = await make(session, request, going, manager);
  return await whenReady(
    session,
    request,
    { ...going, place: { ...going.place, name: nameOf(made) } },
    made,
    manager,
  );
}

async function make(
  session: Session,
  request: CreateRequest,
  going: Outgoing,
  manager: string,
): Promise<KubeObject> {
  if (hasUnknown(going.body)) throw new Error(`${request.name}: an input is still unknown`);
  try {
    // Only a create can have its name made up by the API server.
    if (going.place.name === "") return await session.objects.create(going.place, going.body, { manager });
    let existing = await session.objects.get(going.place);
    if (existing !== undefined && at(existing, "metadata", "deletionTimestamp") !== undefined) {
      await awaitGone(session, request.urn, going.place, existing, request.timeoutSeconds);
      existing = undefined;
    }
    const mayTake = session.settings.upsertExistingObjects;
    if (existing !== undefined && !mayTake && !isOurs(existing, manager)) refuseExisting(existing);
    const { object } = await applyInTime(session, going, { manager, force: going.force });
    return object;
  } catch (error) {
    throw afterWrite(explained(error, going.body, manager));
  }
}

/** Waits for a made or changed object; one that does not get ready is kept by the engine all the same. */
export async function whenReady(
  session: Session,
  request: { readonly urn: string; readonly timeoutSeconds: number },
  going: Outgoing,
  object: KubeObject,
  manager: string,
): Promise<Made> {
  const made = (live: KubeObject): Made => ({ id: idOf(live), state: toState(live, going.inputs, manager) });
  try {
    return made(await awaitReady(session, request.urn, going.place, object, request.timeoutSeconds));
  } catch (error) {
    const [live, reasons] =
      error instanceof GaveUp ? [error.last, error.reasons] : [object, [(error as Error).message]];
    throw new NotReady(reasons.join("\n"), made(live), going.inputs, reasons);
  }
}

function nameOf(object: KubeObject): string {
  return textAt(object, "metadata", "name");
}
