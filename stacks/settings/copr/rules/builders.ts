import { machineFindings } from "../../../../components/copr/config/builder-machine";
import { setCommand } from "../../fixes";
import type { RuleFinding } from "../../rules/rule";
import { coprNamesOf } from "../names";
import { isArm, type PoolSettings, poolsOf } from "../pools";
import type { CoprRule } from "./rule";

/** A rule of one pool, beside the others. */
type PoolRule = (
  pool: PoolSettings,
  name: string,
  pools: Readonly<Record<string, PoolSettings>>,
) => readonly RuleFinding[];

/** Each pool, as resalloc would have it. */
function eachPool(rule: PoolRule): CoprRule {
  return ({ stack, written }) => {
    if (!written.builders.enabled) return [];
    const pools = poolsOf(coprNamesOf(stack, written).instance, written.builders);
    return Object.entries(pools).flatMap(([name, pool]) =>
      rule(pool, name, pools).map(({ path, ...finding }) => ({
        path: ["builders", "pools", name, ...path],
        ...finding,
      })),
    );
  };
}

/** Resalloc takes machines whose name begins with the pool's for the pool's, and terminates those that it does not know. */
export const poolNamesDiffer = eachPool((_, name, pools) =>
  Object.keys(pools)
    .filter((other) => other !== name && other.startsWith(name))
    .map((other) => ({
      path: [],
      problem: `has a name with which ${other} begins: it would terminate the builders of that`,
      seen: name,
      fix: "rename one of the two pools",
    })),
);

/** No more start, or are ready, than there may be; what is on demand is never ready before. */
export const poolCountsFit = eachPool((pool) => {
  const { max, maxPrealloc, maxStarting, tagsOnDemand } = pool;
  const most = tagsOnDemand.length > 0 ? 0 : max;
  return [
    ...(maxPrealloc > most
      ? [
          {
            path: ["maxPrealloc"],
            problem: tagsOnDemand.length > 0 ? "keeps builders ready on demand" : "is more than there may be",
            seen: String(maxPrealloc),
            allowed: `at most ${most}`,
            fix: `set it to ${most}`,
          },
        ]
      : []),
    ...(max > 0 && maxStarting > max
      ? [
          {
            path: ["maxStarting"],
            problem: "is more than there may be",
            seen: String(maxStarting),
            allowed: `at most ${max}`,
            fix: `set it to ${max}`,
          },
        ]
      : []),
  ];
});

/** Resalloc exits when a tag is on demand in one pool and not in another (B29). */
export const tagsAgree = eachPool((pool, _, pools) =>
  Object.entries(pools).flatMap(([other, { tagsOnDemand }]) => {
    const both = pool.tags.filter((tag) => tagsOnDemand.includes(tag));
    return both.length === 0
      ? []
      : [
          {
            path: ["onDemand"],
            problem: `offers tags that are on demand in ${other}, which resalloc refuses`,
            seen: both.join(", "),
            fix: "set onDemand alike in both pools",
          },
        ];
  }),
);

/** Architecture and type are of one kind of processor. */
export const typesFitArchitectures = eachPool(({ architecture, instanceType }) =>
  isArm(instanceType) === (architecture === "aarch64")
    ? []
    : [
        {
          path: ["instanceType"],
          problem: `is no machine for ${architecture}`,
          seen: instanceType,
          fix: "take a type with a g after its generation for aarch64, and one without for x86_64",
        },
      ],
);

/** Builds fit on a machine: neither its memory nor its disk ends with them (C25). */
export const buildsFit = eachPool((pool) => {
  const { instanceType, memory, rootVolume, swap, mockTmpfs } = pool;
  if (memory === undefined) {
    return [
      {
        path: ["memory"],
        problem: `is missing, and that of ${instanceType} is not known`,
        allowed: "the memory of a machine, such as 16Gi",
        fix: "look it up in the list of EC2's types, and set it",
      },
    ];
  }
  const machine = {
    memory,
    rootVolume,
    ...(swap !== undefined && { swap }),
    ...(mockTmpfs !== undefined && { mockTmpfs }),
  };
  return machineFindings(machine).map(({ key, message }) => ({
    path: [key],
    problem: "does not fit",
    seen: machine[key] ?? "",
    fix: message,
  }));
});

/** The watch does not terminate what pools may start. */
export const watchAllowsPools: CoprRule = ({ stack, written: { builders, buildLimits } }) => {
  if (!builders.enabled || builders.reaper === "off") return [];
  const most = Object.values(builders.pools).reduce((sum, { max }) => sum + max, 0);
  const hours = Math.ceil(buildLimits.maxTimeout / 3600) + 1;
  return [
    ...(builders.maxInstances < most
      ? [
          {
            path: ["builders", "maxInstances"],
            problem: "is less than the pools may start together, so builders with builds would be terminated",
            seen: String(builders.maxInstances),
            allowed: `at least ${most}`,
            fix: setCommand(stack, ["builders", "maxInstances"], String(most)),
          },
        ]
      : []),
    ...(builders.maxAgeHours < hours
      ? [
          {
            path: ["builders", "maxAgeHours"],
            problem: "is less than the longest build may take",
            seen: String(builders.maxAgeHours),
            allowed: `at least ${hours}`,
            fix: setCommand(stack, ["builders", "maxAgeHours"], String(hours)),
          },
        ]
      : []),
  ];
};
