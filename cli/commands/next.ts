import type { Session } from "../session";

/** A line of a list. */
export type Row = readonly [label: string, text: string];

/** What to do with a stack that has just been deployed. */
export function nextSteps({
  stack,
  local,
  namespace,
}: Pick<Session, "stack" | "local" | "namespace">): readonly Row[] {
  const trial = local && stack.kind === "environment";
  const target = (verb: string): string =>
    [`make ${verb} STACK=${stack.name}`, ...(trial ? ["LOCAL=1"] : [])].join(" ");
  const steps: Row[] = [["see what would change", target("preview")]];
  const destroy = target("destroy");
  // What holds data is protected in staging and production: nobody is told by the way how to take those down.
  if (stack.deployment === "dev") steps.push(["take it down", destroy]);
  else if (trial) steps.push(["take it down", `${unprotect(stack.name)} && ${destroy}`]);
  if (local) steps.push(["look inside", `eval "$(make -s env)" && kubectl get pods -n ${namespace}`]);
  return steps;
}

/** A trial holds nothing that has to be kept. */
function unprotect(name: string): string {
  return `eval "$(make -s env STACK=${name} LOCAL=1)" && pulumi state unprotect -s ${name} --all --yes`;
}
