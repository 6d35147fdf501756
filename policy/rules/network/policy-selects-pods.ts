import { podSelectorOf } from "../../cluster/network-policy";
import { SeenObjects } from "../../cluster/objects";
import { isEmpty, type Labels, selects } from "../../cluster/selector";
import type { StackRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Labels of pods that no stack makes: those by which cert-manager shows that it has a host. */
const MADE_BY_OTHERS: Labels = { "acme.cert-manager.io/http01-solver": "true" };

/** A NetworkPolicy selects pods. */
export const policySelectsPods: StackRule = {
  id: "network/policy-selects-pods",
  title: "A NetworkPolicy selects pods",
  why: "it protects nothing, and looks as if it did",
  fix: "give it the labels of the pods that it is for",
  severity: "medium",
  kinds: ["NetworkPolicy"],
  covers: ["network/policy-selects"],
  counterparts: {
    kubeLinter: ["dangling-networkpolicy"],
    kubeScore: ["networkpolicy-targets-pod"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *checkInStack(resource, stack) {
    const objects = SeenObjects.of(stack);
    const policy = objects.object(resource);
    const selector = podSelectorOf(policy);
    // An empty selector is about whatever may come into the namespace.
    if (isEmpty(selector) || selects(selector, MADE_BY_OTHERS)) return;
    if (objects.podsBeside(policy, (labels) => selects(selector, labels)).length === 0)
      yield "it selects no pods of its namespace";
  },
};
