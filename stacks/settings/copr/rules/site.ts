import { setCommand } from "../../fixes";
import { belongingToOthers, sameHosts } from "../../rules/site";
import { coprNamesOf } from "../names";
import type { CoprRule } from "./rule";

/** Longest name of an instance: with a pool's name and a builder's number and time it is a host name of 63. */
const MAX_INSTANCE = 20;

/** An instance is called after its stack, so that no two stacks' instances have a name in common. */
export const instanceIsTheStacks: CoprRule = ({ stack, written: { instance } }) => {
  if (instance === undefined || instance === stack.name) return [];
  const rest = instance.startsWith(`${stack.name}-`) ? instance.slice(stack.name.length + 1) : "";
  if (/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(rest) && instance.length <= MAX_INSTANCE) return [];
  return [
    {
      path: ["instance"],
      problem: "is no name for an instance of this stack",
      seen: instance,
      allowed: `${stack.name}, or ${stack.name}- and words joined by single hyphens, ${MAX_INSTANCE} characters at most`,
      fix: setCommand(stack, ["instance"], `${stack.name}-mine`),
    },
  ];
};

/** No Copr takes a namespace or host that belongs to another stack. */
export const coprPlaceIsFree: CoprRule = ({ stack, written }) => {
  const wanted = [
    { path: ["namespace"], value: written.namespace },
    { path: ["domain"], value: written.domain },
    ...Object.entries(written.hosts).map(([key, value]) => ({ path: ["hosts", key], value })),
  ];
  return belongingToOthers(stack, wanted);
};

/** Hosts within a Copr differ. */
export const coprHostsDiffer: CoprRule = ({ stack, written }) =>
  sameHosts(Object.values(coprNamesOf(stack, written).hosts));

/** Nobody takes packages and tokens over a certificate that no browser trusts, but developers (S16). */
export const certificatesAreTrusted: CoprRule = ({ stack, written, local }) =>
  stack.deployment === "dev" || local || written.certificates.source !== "made"
    ? []
    : [
        {
          path: ["certificates", "source"],
          problem: "makes a certificate that nobody trusts",
          seen: "made",
          allowed: "acme, given or cluster",
          fix: setCommand(stack, ["certificates", "source"], "acme"),
        },
      ];
