import { setCommand } from "../fixes";
import { namespacesOf } from "../namespaces";
import type { StackName } from "../names";
import { ownerOf, placementOf } from "../placement";
import type { WrittenSettings } from "../schema/packit";
import type { Path } from "../tree";
import type { Rule, RuleFinding } from "./rule";

/** A shared environment says which cluster it is on (dev and test instances may be on this machine). */
export const clusterIsNamed: Rule<StackName, Pick<WrittenSettings, "cluster">> = ({
  stack,
  written,
  local,
}) => {
  // Test instances are development too.
  const mayBeLocal = stack.deployment === "dev";
  if (local || mayBeLocal || written.cluster !== undefined) return [];
  return [
    {
      path: ["cluster"],
      problem: `is missing, and ${stack.name} goes to the control plane of this machine only when told to`,
      allowed: "kubeconfig and context of a cluster",
      fix: [
        setCommand(stack, ["cluster", "kubeconfig"], "~/.kube/config"),
        setCommand(stack, ["cluster", "context"], `packit-${stack.name}`),
        "or, to try it on this machine: LOCAL=1",
      ].join("\n"),
    },
  ];
};

/** A test instance's namespaces and hosts come from its name, which keeps instances apart (D63). */
export const instanceStaysInPlace: Rule = ({ stack, written, isWritten }) => {
  if (stack.kind === "environment") return [];
  return (["namespace", "sandboxNamespace", "hosts"] as const)
    .filter((key) => isWritten([key]) && Object.keys(written[key] ?? {}).length > 0)
    .map((key) => ({
      path: [key],
      problem: "comes from the name of a test instance and cannot be set",
      fix: `pulumi config rm -s ${stack.name} packit:${key}`,
    }));
};

/** No environment takes a namespace or host that belongs to another stack. */
export const placeIsFree: Rule = ({ stack, written }) => {
  if (stack.kind === "test-instance") return [];
  const wanted = [
    { path: ["namespace"], value: written.namespace },
    { path: ["sandboxNamespace"], value: written.sandboxNamespace },
    ...Object.entries(written.hosts).map(([key, value]) => ({ path: ["hosts", key], value })),
  ];
  return belongingToOthers(stack, wanted);
};

/** Those names that belong to another stack. */
export function belongingToOthers(
  stack: StackName,
  wanted: readonly { readonly path: Path; readonly value: string | undefined }[],
): readonly RuleFinding[] {
  return wanted.flatMap(({ path, value }) => {
    const owner = value === undefined ? undefined : ownerOf(value);
    return owner === undefined || owner === stack.name
      ? []
      : [{ path, problem: `belongs to ${owner}`, seen: String(value), fix: "choose another name" }];
  });
}

/** Namespaces and hosts within a stack differ. */
export const placesDiffer: Rule = ({ stack, written }) => {
  const { namespace, sandboxNamespace: sandbox } = namespacesOf(stack, written);
  const hosts = Object.values({ ...placementOf(stack).hosts, ...written.hosts });
  return [
    ...(sandbox !== undefined && namespace === sandbox
      ? [
          {
            path: ["sandboxNamespace"],
            problem: "is the stack's namespace; users' commands must not run beside the services",
            seen: sandbox,
            fix: "choose another name",
          },
        ]
      : []),
    ...sameHosts(hosts),
  ];
};

/** Says that two of a stack's hosts are the same, where they are. */
export function sameHosts(hosts: readonly string[]): readonly RuleFinding[] {
  if (new Set(hosts).size === hosts.length) return [];
  return [
    {
      path: ["hosts"],
      problem: "two of the hosts are the same",
      seen: hosts.join(", "),
      fix: "give each of them a host of its own",
    },
  ];
}

/** The sandbox has a namespace. */
export const sandboxHasNamespace: Rule = ({ stack, written }) => {
  const name = written.sandboxNamespace ?? placementOf(stack).sandboxNamespace;
  if (!written.components.sandbox || name !== undefined) return [];
  return [
    {
      path: ["components", "sandbox"],
      problem: `is on, but ${stack.name} has no namespace for it`,
      fix: [
        setCommand(stack, ["components", "sandbox"], "false"),
        `or ${setCommand(stack, ["sandboxNamespace"], `${placementOf(stack).namespace}-sandbox`)}`,
      ].join("\n"),
    },
  ];
};
