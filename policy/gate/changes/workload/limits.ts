import { DURABLE } from "../../../where";
import { amountAt } from "../../amounts";
import { keptContainers } from "../../pods";
import { each, type UnsafeChange } from "../../unsafe-change";
import { at, isUnknown, shown } from "../../values";

/** A limit is removed, or memory is cut by so much that the process may not fit. */
export const limitLowered: UnsafeChange = {
  id: "workload/limits",
  title: "No limit is removed, and memory is not cut by much at once",
  why: "without a limit one container starves its node; with too little memory it is killed in the middle of its work",
  instead: "keep the limit; cut memory in steps, and watch what is really used in between",
  where: [...DURABLE, "test"],
  find: each(function* (change, { thresholds }) {
    for (const [name, before, after] of keptContainers(change)) {
      for (const kind of ["memory", "cpu"]) {
        const path = ["resources", "limits", kind];
        const [from, to] = [at(before, ...path), at(after, ...path)];
        if (from === undefined || from === to) continue;
        const word = `limits.${kind}`;
        if (isUnknown(to))
          yield { says: `container ${name}: ${word} is not known yet`, from: shown(from), undecided: true };
        else if (to === undefined || to === null)
          yield { says: `container ${name} loses ${word}`, from: shown(from), to: "no limit" };
        else if (kind === "memory") {
          const [old, cut] = [amountAt(before, ...path), amountAt(after, ...path)];
          if (old === undefined || cut === undefined || cut >= old * (1 - thresholds.memoryCut)) continue;
          const share = percent(1 - cut / old);
          yield { says: `container ${name} loses ${share} of its memory`, from: shown(from), to: shown(to) };
        }
      }
    }
  }),
};

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
