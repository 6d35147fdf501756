import type { Made, UpdateRequest } from "../../frame/provider";
import { hasUnknown, reveal } from "../../frame/values";
import { afterWrite } from "../api/client";
import { explained } from "../change/explain";
import { withoutForeign } from "../change/ignored";
import { previewed } from "../change/previewed";
import type { Session } from "../cluster/session";
import { fieldManager } from "../names";
import { ownManager, toState } from "../state";
import { parseToken } from "../token";
import { whenReady } from "./create";
import { applyInTime } from "./existing";
import { outgoing, type Outgoing } from "./target";
import { tryOut } from "./try-out";

/** Changes an object in place and waits until it is ready; in preview, has the API server check the change. */
export async function update(session: Session, request: UpdateRequest): Promise<Made> {
  const token = parseToken(request.type);
  const state = reveal(request.state);
  const manager = ownManager(state) ?? fieldManager(request.urn);
  const kind = await session.kind(token);
  const going = await leavingForeign(
    session,
    outgoing(session, request.news, kind),
    manager,
    request.ignoreChanges,
  );
  if (request.preview) {
    const tried = (await tryOut(session, going, manager, false)) ?? going.body;
    return { id: request.id, state: toState(previewed(tried, going.body, false), request.news, manager) };
  }
  if (hasUnknown(going.body)) throw new Error(`${request.name}: an input is still unknown`);
  try {
    const { object } = await applyInTime(session, going, { manager, force: going.force });
    return await whenReady(session, request, going, object, manager);
  } catch (error) {
    throw afterWrite(explained(error, going.body, manager));
  }
}

/** The object without ignored fields that are another manager's by now. */
async function leavingForeign(
  session: Session,
  going: Outgoing,
  manager: string,
  ignored: readonly string[],
): Promise<Outgoing> {
  if (ignored.length === 0) return going;
  const live = await session.objects.get(going.place);
  return live === undefined ? going : { ...going, body: withoutForeign(going.body, live, manager, ignored) };
}
