import { SYSTEM_CLOCK } from "./clock";
import type { Fleet } from "./ec2";
import { endAll, type EndOptions, type Ended } from "./end";
import { dueOf, type FleetLimits } from "./select";
import type { StackTag } from "./tag";

/**
 * Terminates those of a stack's builders that are too old or too many, whoever forgot them, and waits until they are
 * gone.
 *
 * @throws Error that names what is left.
 */
export function reap(fleet: Fleet, tag: StackTag, limits: FleetLimits, options: EndOptions): Promise<Ended> {
  const { log = () => undefined, clock = SYSTEM_CLOCK } = options;
  const said = new Set<string>();
  return endAll(
    fleet,
    tag,
    (instances) => {
      const due = dueOf(tag, instances, limits, clock.now());
      for (const { instance, because } of due.filter(({ instance: { id } }) => !said.has(id))) {
        said.add(instance.id);
        log(`${instance.id} is ${because}: it is there since ${instance.since.toISOString()}`);
      }
      return due.map(({ instance }) => instance);
    },
    1,
    options,
  );
}
