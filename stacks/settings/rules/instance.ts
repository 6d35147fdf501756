import { setCommand } from "../fixes";
import { NEVER } from "../duration";
import { stackNameOf } from "../instance-name";
import { TEST_BASES } from "../names";
import { isShortened } from "../pulls";
import { REFERENCE_FORMS, referencesIn, referenceText } from "../references";
import type { Rule } from "./rule";

/** What only a test instance has: an environment with a time to live could be reaped. */
export const onlyInstancesExpire: Rule = ({ stack, isWritten }) =>
  stack.kind === "test-instance"
    ? []
    : ["ttl", "keep", "identity", "pulls"]
        .filter((key) => isWritten([key]))
        .map((key) => ({
          path: [key],
          problem: `is for test instances, and ${stack.name} is an environment`,
          fix: `pulumi config rm -s ${stack.name} packit:${key}`,
        }));

/** Nobody reaps an instance that has no end, so somebody must have said why. */
export const endlessHasReason: Rule = ({ stack, written: { ttl, keep } }) => {
  if (stack.kind === "environment" || (ttl === NEVER) === (keep !== undefined)) return [];
  return [
    keep === undefined
      ? {
          path: ["keep"],
          problem: "is missing, though the instance has no end",
          fix: setCommand(stack, ["keep"], "<why it stays>"),
        }
      : {
          path: ["keep"],
          problem: "says why the instance stays, but it does not",
          seen: keep,
          fix: setCommand(stack, ["ttl"], NEVER),
        },
  ];
};

/** An instance is somebody of the pool. */
export const identityIsKnown: Rule = ({ stack, written: { identity, testInstances } }) => {
  const names = testInstances.identities.map(({ name }) => name);
  const repeated = names.filter((name, index) => names.indexOf(name) < index);
  return [
    ...(identity === undefined || names.includes(identity)
      ? []
      : [
          {
            path: ["identity"],
            problem: "is not in the pool of packit:testInstances.identities",
            seen: identity,
            allowed: names.join(", ") || "none, as the pool is empty",
            fix: `pulumi config rm -s ${stack.name} packit:identity`,
          },
        ]),
    ...repeated.map((name) => ({
      path: ["testInstances", "identities"],
      problem: "lists an identity twice",
      seen: name,
      fix: "keep one of the entries",
    })),
  ];
};

/** What is said of test instances is said where they run. */
export const instancesRunHere: Rule = ({ stack, isWritten }) => {
  if (stack.kind === "test-instance" || !isWritten(["testInstances"])) return [];
  if (stack.base !== "prod" && TEST_BASES.some((base) => base === stack.base)) return [];
  return [
    {
      path: ["testInstances"],
      problem: `is for environments on whose cluster test instances run, and none run on ${stack.name}'s`,
      fix: stack.base === "prod" ? "move it to Pulumi.dev.yaml, whose cluster they run on" : "remove it",
    },
  ];
};

/** A test instance runs pull requests or other code, what its name lists if that lists any. */
export const pullsAreClear: Rule = ({ stack, written }) => {
  if (stack.kind === "environment") return [];
  const listed = referencesIn(written.pulls ?? {});
  if (stack.pulls.length === 0 && listed.length === 0) {
    return [
      {
        path: ["pulls"],
        problem: `is missing, and the name ${stack.name} lists no pull request`,
        allowed: `for each repository that takes part ${REFERENCE_FORMS.replaceAll("REPO=", "")}`,
        fix: `${setCommand(stack, ["pulls", "packit-service"], "<number>")}\nor call the stack ${stack.base}-pr-<number>`,
      },
    ];
  }
  const named = listed.length === 0 ? stack.name : stackNameOf(stack.base, listed);
  const mustMatch = stack.pulls.length > 0 || isShortened(stack.label);
  if (!mustMatch || named === stack.name) return [];
  return [
    {
      path: ["pulls"],
      problem: "are not what the stack's name says",
      seen: listed.map(referenceText).join(" "),
      fix: `call the stack ${named}, or: pulumi config rm -s ${stack.name} packit:pulls`,
    },
  ];
};
