import { hostsOf } from "../../cluster/exposed";
import { SeenObjects } from "../../cluster/objects";
import { mayUseHost } from "../../tenant";
import type { StackRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** A published host belongs to its stack. */
export const host: StackRule = {
  id: "tenancy/host",
  title: "A published host belongs to its stack",
  why: "requests and logins of one stack go to another",
  fix: "leave the host to the stack's name, or take one that is free",
  severity: "critical",
  kinds: ["Ingress", "Route"],
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *checkInStack(resource, stack) {
    for (const host of hostsOf(SeenObjects.of(stack).object(resource)))
      if (!mayUseHost(stack.name, host)) yield `${host} belongs to another stack`;
  },
};
