import { NotReady, type Read, type ReadRequest } from "../../frame/provider";
import { withMark, secretPaths } from "../../frame/marked";
import { type Properties, reveal } from "../../frame/values";
import { diagnose } from "../await/diagnosis";
import { judge } from "../await/verdict";
import { explained } from "../change/explain";
import { inputsFromLive, inputsOfImport } from "../change/live-inputs";
import { isSecret, withSecretData } from "../check";
import type { Session } from "../cluster/session";
import { idOf, parseId } from "../names";
import { describe, type KubeObject } from "../object";
import { ownManager, toState } from "../state";
import { parseToken } from "../token";

/** Reads an object for refresh or import; undefined when it is gone. */
export async function read(session: Session, request: ReadRequest): Promise<Read | undefined> {
  const token = parseToken(request.type);
  const importing = Object.keys(request.inputs).length === 0;
  const kind = importing ? await session.kind(token) : await session.findKind(token);
  if (kind === undefined) return undefined;
  const { namespace, name } = parseId(request.id, session.namespace);
  const place = { kind, namespace: kind.namespaced ? namespace : "", name };
  let live: KubeObject | undefined;
  try {
    live = await session.objects.get(place);
  } catch (error) {
    throw explained(error, { kind: token.kind, metadata: { namespace: place.namespace, name } }, "");
  }
  if (live === undefined) return undefined;
  const inputs = importing ? markedLike(inputsOfImport(live), {}) : freshInputs(live, request.inputs);
  const found: Read = {
    id: idOf(live),
    state: toState(live, inputs, ownManager(reveal(request.state))),
    inputs,
  };
  const verdict = judge(live);
  if (importing || verdict.ready) return found;
  // The engine warns and keeps that in mind: the next update waits for the object again.
  const reasons = [
    `${describe(live)} is not ready: ${verdict.waiting}`,
    ...(await diagnose(session, place, live)),
  ];
  throw new NotReady(reasons.join("\n"), found, inputs, reasons);
}

function freshInputs(live: KubeObject, inputs: Properties): Properties {
  return markedLike(inputsFromLive(live, reveal(inputs)), inputs);
}

/** `inputs` with the secret marks that the old ones had. */
function markedLike(inputs: KubeObject, olds: Properties): Properties {
  let marked: Properties = inputs;
  for (const path of secretPaths(olds)) marked = withMark(marked, path) as Properties;
  return isSecret(inputs) ? withSecretData(marked) : marked;
}
