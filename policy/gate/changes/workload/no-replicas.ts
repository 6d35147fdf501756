import { DURABLE } from "../../../where";
import { kindOf } from "../../kinds";
import { each, type UnsafeChange } from "../../unsafe-change";
import { at, isUnknown, numberAt, shown } from "../../values";

/** Something that runs is scaled to nothing. */
export const noReplicas: UnsafeChange = {
  id: "workload/no-replicas",
  title: "Nothing that runs is scaled to zero",
  why: "the service is gone, and every command says that all went well",
  instead: "turn the component off in the settings if it has to go; to pause it, use the operations guide",
  where: DURABLE,
  find: each(function* (change) {
    const { before, after } = change;
    if (!SCALED.has(kindOf(change) ?? "") || before === undefined || after === undefined) return;
    const from = numberAt(before.inputs, "spec", "replicas") ?? 1;
    const to = at(after.inputs, "spec", "replicas");
    if (from === 0) return;
    if (isUnknown(to))
      yield { says: "its number of pods is not known yet", from: shown(from), undecided: true };
    else if (numberAt(after.inputs, "spec", "replicas") === 0)
      yield {
        says: "it is scaled to no pod",
        from: shown(from),
        to: "0",
        lost: "what it does, until it is scaled up again",
      };
  }),
};

const SCALED = new Set(["Deployment", "StatefulSet", "ReplicaSet", "DeploymentConfig"]);
