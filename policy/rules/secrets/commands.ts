import { containersOf, POD_MAKERS } from "../../kubernetes";
import { secretIn } from "../../secret-texts";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Commands have no secret in them. */
export const commands: ResourceRule = {
  id: "secrets/commands",
  title: "No secret is in a command",
  why: "every list of processes shows it",
  fix: "read it from a file or a variable that comes from a Secret",
  severity: "critical",
  kinds: POD_MAKERS,
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    for (const container of containersOf(resource)) {
      const { name = "", command = [], args = [] } = container;
      for (const text of [...command, ...args]) {
        const secret = secretIn(text);
        if (secret !== undefined) yield `the command of container ${name} holds ${secret}`;
      }
    }
  },
};
