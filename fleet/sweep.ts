import type { Fleet } from "./ec2";
import { endAll, type EndOptions, type Ended } from "./end";
import { isAlive } from "./instance";
import type { StackTag } from "./tag";

/** EC2 shows a new instance some seconds late: one empty answer proves nothing. */
const EMPTY_LOOKS = 2;

/**
 * Terminates everything that has the stack's tag, and waits until it is gone, so that nothing holds its security group
 * any more. Resalloc has to be gone before, or it starts new ones.
 *
 * @throws Error that names what is left.
 */
export function sweep(fleet: Fleet, tag: StackTag, options: EndOptions): Promise<Ended> {
  return endAll(fleet, tag, (instances) => instances.filter(isAlive), EMPTY_LOOKS, options);
}
