import { setCommand } from "../fixes";
import type { Rule } from "./rule";

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
