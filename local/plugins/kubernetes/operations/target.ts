import { hasUnknown, type PlainProperties, type Properties, reveal } from "../../frame/values";
import type { Kind } from "../api/discovery";
import type { Place } from "../api/objects";
import { sendable } from "../change/sendable";
import type { Session } from "../cluster/session";
import { at, pulumiAnnotation, textAt } from "../object";
import { type TokenKind } from "../token";

/** An object on its way to the cluster. */
export interface Outgoing {
  /** The inputs with their secret marks. */
  readonly inputs: Properties;
  /** What is sent. */
  readonly body: PlainProperties;
  readonly place: Place;
  /** Whether fields are taken from other managers without asking. */
  readonly force: boolean;
}

/** The object that `inputs` describe and where it goes; they may still hold unknown values. */
export function outgoing(session: Session, inputs: Properties, kind: Kind): Outgoing {
  const body = sendable(reveal(inputs));
  const wish = pulumiAnnotation(body, "patchForce");
  return {
    inputs,
    body,
    place: {
      kind,
      namespace: kind.namespaced ? textAt(body, "metadata", "namespace") || session.namespace : "",
      name: textAt(body, "metadata", "name"),
    },
    force: wish === "" ? session.settings.enablePatchForce : wish === "true",
  };
}

/** The kind that inputs name; those that were read from a cluster and those that were checked always do. */
export function kindOf(object: PlainProperties): TokenKind {
  return { apiVersion: textAt(object, "apiVersion"), kind: textAt(object, "kind") };
}

/** Whether it is not known yet where the object goes. */
export function placeUnknown(body: PlainProperties): boolean {
  return hasUnknown(at(body, "metadata", "name")) || hasUnknown(at(body, "metadata", "namespace"));
}
