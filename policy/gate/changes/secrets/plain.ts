import { EVERYWHERE } from "../../../where";
import { kindOf } from "../../kinds";
import type { Change, State } from "../../plan";
import { containersOf } from "../../pods";
import { each, type UnsafeChange } from "../../unsafe-change";
import { at, entriesAt, isMap, isSecret, isUnknown, listAt, textAt } from "../../values";

/** A secret comes to stand in plain text: in the state, in the preview, in whatever logs either. */
export const plainSecret: UnsafeChange = {
  id: "secrets/plain",
  title: "No secret is written in plain text",
  why: "whoever may read the state, a preview, a log, or the pod's definition has it, and it cannot be taken back",
  instead:
    "take it from a Pulumi secret, keep it in a Secret, mount it, and change the value that has been shown",
  where: EVERYWHERE,
  find: each(function* (change) {
    const known = new Set(plainPlaces(change, change.before));
    for (const place of plainPlaces(change, change.after)) {
      // Its value is not repeated.
      if (!known.has(place)) yield { says: `${place} holds a secret in plain text`, to: "plain text" };
    }
  }),
};

/** Names of variables whose values are secrets. Where one is kept is none. */
const SECRET_NAME =
  /(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|PRIVATE_?KEY|API_?KEY|ACCESS_?KEY|CREDENTIALS?)$/i;

/** Values that are secrets whatever they are called: private keys, tokens of forges and clouds. */
const SECRET_VALUE =
  /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY|\bgh[pousr]_\w{36}|\bgithub_pat_\w{22}|\bglpat-[\w-]{20}|\bAKIA[0-9A-Z]{16}\b|\bxox[abprs]-[\w-]{10}|:\/\/[^\s/:@]+:[^\s/:@$]{3,}@/;

/** Places of a resource in which a secret is plain, in words. */
function* plainPlaces(change: Change, state: State | undefined): Iterable<string> {
  if (state === undefined) return;
  const kind = kindOf(change);
  if (kind === "Secret") {
    for (const field of ["data", "stringData"]) {
      for (const [key, value] of entriesAt(state.inputs, field)) if (isPlain(value)) yield `${field}.${key}`;
    }
  } else if (kind === "ConfigMap") {
    for (const [key, value] of entriesAt(state.inputs, "data")) if (isSecretText(value)) yield `data.${key}`;
  }
  for (const [name, container] of containersOf(change, state)) {
    for (const variable of listAt(container, "env")) {
      const called = textAt(variable, "name") ?? "";
      const value = at(variable, "value");
      if ((SECRET_NAME.test(called) && isPlain(value)) || isSecretText(value))
        yield `variable ${called} of container ${name}`;
    }
    for (const word of [...listAt(container, "command"), ...listAt(container, "args")])
      if (isSecretText(word)) yield `the command of container ${name}`;
  }
  if (kind === undefined && !change.type.startsWith("pulumi:")) {
    for (const [key, value] of entriesAt(state.inputs)) {
      if ((/(?:password|secret|privateKey)$/i.test(key) && isPlain(value)) || isSecretText(value)) yield key;
    }
  }
}

function isPlain(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || isSecret(value) || isUnknown(value))
    return false;
  return !isMap(value);
}

function isSecretText(value: unknown): boolean {
  return typeof value === "string" && SECRET_VALUE.test(value);
}
