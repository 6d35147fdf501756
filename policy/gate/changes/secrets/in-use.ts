import { EVERYWHERE } from "../../../where";
import { displayName, kindOf, namespaceOf, objectName } from "../../kinds";
import type { Change, Plan, State } from "../../plan";
import { containersOf, podSpecOf } from "../../pods";
import type { Problem, UnsafeChange } from "../../unsafe-change";
import { listAt, textAt } from "../../values";

/** A Secret goes while a workload still reads it. */
export const secretInUse: UnsafeChange = {
  id: "secrets/in-use",
  title: "No Secret is deleted while something reads it",
  why: "its pods run on until they are restarted, perhaps at night, and then do not start",
  instead: "take it out of the workloads first, deploy, and delete it with the next deployment",
  where: EVERYWHERE,
  *find({ changes, showsUnchanged }: Plan): Iterable<Problem> {
    const named = new Set(changes.filter(({ after }) => after !== undefined).map(keyOf));
    for (const change of changes) {
      if (kindOf(change) !== "Secret" || change.action !== "delete" || named.has(keyOf(change))) continue;
      const name = objectName(change.before);
      if (name === undefined) continue;
      const reader = changes.find(
        (other) =>
          namespaceOf(other.after) === namespaceOf(change.before) && secretsOf(other, other.after).has(name),
      );
      const lost = "the value, unless it is kept elsewhere";
      if (reader !== undefined)
        yield { change, says: `it is deleted, and ${displayName(reader)} reads it`, lost };
      else if (!showsUnchanged)
        yield {
          change,
          says: "it is deleted, and the preview does not show who reads it",
          lost,
          undecided: true,
        };
    }
  },
};

function keyOf(change: Change): string {
  const state = change.after ?? change.before;
  return `${kindOf(change) ?? ""} ${namespaceOf(state) ?? ""} ${objectName(state) ?? ""}`;
}

/** The Secrets that the pods of an object read. */
function secretsOf(change: Change, state: State | undefined): ReadonlySet<string> {
  const spec = podSpecOf(change, state);
  const names = listAt(spec, "volumes").flatMap((volume) => [
    textAt(volume, "secret", "secretName"),
    ...listAt(volume, "projected", "sources").map((source) => textAt(source, "secret", "name")),
  ]);
  for (const container of containersOf(change, state).values()) {
    names.push(
      ...listAt(container, "env").map((variable) => textAt(variable, "valueFrom", "secretKeyRef", "name")),
      ...listAt(container, "envFrom").map((source) => textAt(source, "secretRef", "name")),
    );
  }
  names.push(...listAt(spec, "imagePullSecrets").map((secret) => textAt(secret, "name")));
  return new Set(names.filter((name) => name !== undefined));
}
