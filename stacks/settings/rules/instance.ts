import { setCommand } from "../fixes";
import { stackNameFor } from "../names";
import { isShortened, pullsIn } from "../pulls";
import type { Rule } from "./rule";

/** What only a test instance has: an environment with a time to live could be reaped. */
export const onlyInstancesExpire: Rule = ({ stack, isWritten }) =>
  stack.kind === "test-instance"
    ? []
    : ["ttl", "pulls"]
        .filter((key) => isWritten([key]))
        .map((key) => ({
          path: [key],
          problem: `is for test instances, and ${stack.name} is an environment`,
          fix: `pulumi config rm -s ${stack.name} packit:${key}`,
        }));

/** A test instance runs pull requests, those of its name if that lists any. */
export const pullsAreClear: Rule = ({ stack, written }) => {
  if (stack.kind === "environment") return [];
  const listed = pullsIn(written.pulls ?? {});
  if (stack.pulls.length === 0 && listed.length === 0) {
    return [
      {
        path: ["pulls"],
        problem: `is missing, and the name ${stack.name} lists no pull request`,
        allowed: "a number for each repository that takes part",
        fix: `${setCommand(stack, ["pulls", "packit-service"], "<number>")}\nor call the stack ${stack.base}-pr-<number>`,
      },
    ];
  }
  const named = listed.length === 0 ? stack.name : stackNameFor(stack.base, listed);
  const mustMatch = stack.pulls.length > 0 || isShortened(stack.label);
  if (!mustMatch || named === stack.name) return [];
  return [
    {
      path: ["pulls"],
      problem: "are not the pull requests of the stack's name",
      seen: listed.map((pull) => `${pull.repository}=${pull.number}`).join(" "),
      fix: `call the stack ${named}, or: pulumi config rm -s ${stack.name} packit:pulls`,
    },
  ];
};

/** What the application obeys when it is told nothing else. */
const DEFAULT_PREFIX = "/packit";

/** What shared environments obey. */
const TAKEN_PREFIXES = [DEFAULT_PREFIX, "/packit-stg", "/packit-ci", "/packit-ci-stg"];

/** An instance that answers the commands of staging or production does their work a second time. */
export const commandsAreItsOwn: Rule = ({ stack, written }) => {
  const prefix = written.service.commentCommandPrefix;
  if (stack.deployment !== "dev" || !TAKEN_PREFIXES.includes(prefix ?? DEFAULT_PREFIX)) return [];
  return [
    {
      path: ["service", "commentCommandPrefix"],
      problem: "belongs to a shared environment, whose commands this instance would answer too",
      seen: prefix ?? DEFAULT_PREFIX,
      fix: setCommand(stack, ["service", "commentCommandPrefix"], `/packit-${stack.name}`),
    },
  ];
};

/** Each forge once, and one of them with the GitHub App, whose key there is only one of. */
export const forgesAreDistinct: Rule = ({ written: { forges } }) => {
  const names = forges.map((forge) => forge.name);
  const repeated = names.filter((name, index) => names.indexOf(name) < index);
  const apps = forges.filter((forge) => forge.githubApp === true);
  return [
    ...repeated.map((name) => ({
      path: ["forges"],
      problem: "lists a forge twice",
      seen: name,
      fix: "keep one of the entries",
    })),
    ...(apps.length > 1
      ? [
          {
            path: ["forges"],
            problem: "has more than one GitHub App",
            seen: apps.map((forge) => forge.name).join(", "),
            fix: "set githubApp on one forge",
          },
        ]
      : []),
  ];
};
