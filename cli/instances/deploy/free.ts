import { queueText } from "../leases/waiting";
import { changed } from "./record";
import type { Step } from "./step";

/** Gets the instance a place among those that run, and an identity of the pool where there is one. */
export const free: Step = {
  name: "free",
  title: "see whether there is room, and an identity",
  async run(work, say) {
    const { held, plan, wait } = work;
    const { max, identities } = plan.settings.testInstances;
    let last = 0;
    await held.admit({
      max,
      wait,
      onPlace: (place, living) => {
        if (place !== last) say(queueText(place, living));
        // Whoever asks for it from elsewhere sees that it waits.
        if (last === 0) void changed(work, "queued").catch(() => undefined);
        last = place;
      },
    });
    if (identities.length === 0) return `there is room (${max} at most)`;
    work.identity = (await held.takeIdentity(identities)).name;
    return `there is room (${max} at most), and it is ${work.identity}`;
  },
};
