import { setCommand } from "../fixes";
import type { Rule } from "./rule";

/** Tests may empty the database, which in an environment somebody needs. */
export const onlyInstancesAreTested: Rule = ({ stack, written: { revdep } }) =>
  stack.kind === "test-instance" || !revdep.enabled
    ? []
    : [
        {
          path: ["revdep", "enabled"],
          problem: `is for test instances, whose data the tests may change, and ${stack.name} is an environment`,
          fix: setCommand(stack, ["revdep", "enabled"], "false"),
        },
      ];
