import type { Finding } from "../errors";
import { settingsFile } from "../fixes";
import { FEDORA_CI_KEYS, LOGDETECTIVE_KEY, receives } from "./keys";
import { serves, type Share } from "./share";

const BY_DEFAULT = "packit:service.fedoraCiRunByDefault";
const PROJECTS = "packit:service.fedoraCi";

/**
 * Everything by which two stacks would handle an event of Fedora CI twice or not at all: projects that both serve, or
 * that neither does though one of them should, and topics that who serves a project does not hear of. A project that
 * is disabled in both is meant to be served by nobody.
 *
 * @param everyProject - Whether every project is to be served, as in production, and not just those that are listed.
 */
export function divisionFindings(one: Share, other: Share, everyProject: boolean): readonly Finding[] {
  return [
    ...defaultFindings(one, other, everyProject),
    ...projectFindings(one, other),
    ...keyFindings(one, other),
  ];
}

/** About the projects that no list names. */
function defaultFindings(one: Share, other: Share, everyProject: boolean): readonly Finding[] {
  const seen = `${one.runByDefault} in ${settingsFile(one.stack)}, ${other.runByDefault} in ${settingsFile(other.stack)}`;
  const fix = `set it to true in one of the two files`;
  if (one.runByDefault && other.runByDefault) {
    const problem = "both stacks serve every project that is in no list: each event would be handled twice";
    return [{ key: BY_DEFAULT, problem, seen, fix }];
  }
  if (!everyProject || one.runByDefault || other.runByDefault) return [];
  return [{ key: BY_DEFAULT, problem: "nobody serves the projects that are in no list", seen, fix }];
}

function projectFindings(one: Share, other: Share): readonly Finding[] {
  const shares = [one, other];
  const named = shares.flatMap(({ enabledProjects, disabledProjects }) => [
    ...enabledProjects,
    ...disabledProjects,
  ]);
  const projects = [...new Set(named)].sort();
  const twice = projects.filter((project) => shares.every((share) => serves(share, project)));
  const never = projects.filter((project) => isForgotten(shares, project));
  const files = shares.map(({ stack }) => settingsFile(stack)).join(" and ");
  return [
    ...(twice.length === 0
      ? []
      : [
          {
            key: PROJECTS,
            problem: "both stacks serve these projects: each of their events would be handled twice",
            seen: twice.join("\n"),
            fix: `of ${files}, disable or take them out in the one that lets them go`,
          },
        ]),
    ...(never.length === 0
      ? []
      : [
          {
            key: PROJECTS,
            problem: "neither stack serves these projects: nobody would handle their events",
            seen: never.join("\n"),
            fix: `of ${files}, enable them in one, or disable them in both`,
          },
        ]),
  ];
}

/** Whether nobody serves a project, though one of the stacks would but for an oversight. */
function isForgotten(shares: readonly Share[], project: string): boolean {
  if (shares.some((share) => serves(share, project))) return false;
  const isMeant = shares.every(({ disabledProjects }) => disabledProjects.includes(project));
  return (
    !isMeant &&
    shares.some(({ runByDefault, enabledProjects }) => runByDefault || enabledProjects.includes(project))
  );
}

/** About topics that who serves projects does not hear of. */
function keyFindings(...shares: readonly Share[]): readonly Finding[] {
  return shares.filter(servesSome).flatMap(({ stack, routingKeys, logdetectiveEnabled }) => {
    const needed = [...FEDORA_CI_KEYS, ...(logdetectiveEnabled ? [LOGDETECTIVE_KEY] : [])];
    const unheard = needed.filter((topic) => !routingKeys.some((key) => receives(key, topic)));
    if (unheard.length === 0) return [];
    return [
      {
        key: "packit:messaging.routingKeys",
        problem: `${stack} serves projects of Fedora CI, and does not hear of all their events`,
        seen: unheard.map((topic) => `without ${topic}`).join("\n"),
        fix: `add the topics in ${settingsFile(stack)}, with packit:components.fedmsg on`,
      },
    ];
  });
}

function servesSome(share: Share): boolean {
  return share.runByDefault || share.enabledProjects.some((project) => serves(share, project));
}
