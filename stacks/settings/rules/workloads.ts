import { setCommand } from "../fixes";
import type { StackName } from "../names";
import { bytesOf, millicpusOf } from "../quantity";
import { isTree, type Path, type Plain, valueAt } from "../tree";
import type { Rule, RuleFinding } from "./rule";

const AMOUNTS = [
  ["memory", bytesOf],
  ["cpu", millicpusOf],
] as const;

/** Nothing is promised more than it may use: Kubernetes refuses that. */
export const requestsWithinLimits: Rule<StackName, Plain> = ({ stack, written }) =>
  sizedPaths(written, []).flatMap((path) => promisesAboveLimits(stack, written, path));

/** The promises at a path that are above their limits. */
function promisesAboveLimits(stack: StackName, written: Plain, path: Path): readonly RuleFinding[] {
  return AMOUNTS.flatMap(([amount, read]) => {
    const request = String(valueAt(written, [...path, "requests", amount]));
    const limit = String(valueAt(written, [...path, "limits", amount]));
    if ((read(request) ?? 0) <= (read(limit) ?? 0)) return [];
    return [
      {
        path: [...path, "requests", amount],
        problem: "is more than the limit",
        seen: request,
        allowed: `at most ${limit}, which is ${[...path, "limits", amount].join(".")}`,
        fix: setCommand(stack, [...path, "requests", amount], limit),
      },
    ];
  });
}

/** Where something has a promise and a limit. */
function sizedPaths(value: Plain, path: Path): readonly Path[] {
  if (!isTree(value)) return [];
  const within = Object.entries(value).flatMap(([key, item]) => sizedPaths(item, [...path, key]));
  return "requests" in value && "limits" in value ? [path, ...within] : within;
}

/** Some worker takes the tasks of each queue; a queue without one only grows. */
export const everyQueueHasWorkers: Rule = ({ stack, written }) => {
  const { all, shortRunning, longRunning } = written.workers;
  const queues = [
    { kind: "shortRunning", replicas: shortRunning.replicas, names: "short-running" },
    { kind: "longRunning", replicas: longRunning.replicas, names: "long-running and rate-limited" },
  ];
  if (all.replicas > 0) return [];
  return queues
    .filter(({ replicas }) => replicas === 0)
    .map(({ kind, names }) => ({
      path: ["workers", kind, "replicas"],
      problem: `no worker takes tasks of the queue ${names}`,
      seen: "0, and workers.all.replicas is 0",
      fix: setCommand(stack, ["workers", kind, "replicas"], "1"),
    }));
};

/** A gateway in the stack and another outside would leave open where metrics go. */
export const onePushgateway: Rule = ({ stack, written }) =>
  written.components.pushgateway && written.pushgatewayAddress !== undefined
    ? [
        {
          path: ["pushgatewayAddress"],
          problem: "names a pushgateway outside the stack, which has one of its own",
          seen: written.pushgatewayAddress,
          fix: [
            setCommand(stack, ["components", "pushgateway"], "false"),
            `or pulumi config rm -s ${stack.name} packit:pushgatewayAddress`,
          ].join("\n"),
        },
      ]
    : [];

/** A listener has something to listen to. */
export const listenerHasTopics: Rule = ({ stack, written }): readonly RuleFinding[] =>
  written.components.fedmsg && written.messaging.routingKeys.length === 0
    ? [
        {
          path: ["messaging", "routingKeys"],
          problem: "is empty, so fedmsg would never get a message",
          seen: "[]",
          fix: `list topics, or ${setCommand(stack, ["components", "fedmsg"], "false")}`,
        },
      ]
    : [];
