import { holdsData, isDisposable } from "../../../policy/holds-data";
import type { PolicyResource } from "../../../policy/resource";
import { notDeletedFirst } from "../../../policy/rules/state/not-deleted-first";
import { notDeletedWith } from "../../../policy/rules/state/not-deleted-with";
import { protectedState } from "../../../policy/rules/state/protected";
import { retained } from "../../../policy/rules/state/retained";
import { securedFieldsKept } from "../../../policy/rules/state/secured-fields-kept";
import { kindOf, pick, type Mutation } from "./mutation";

function isData(resource: PolicyResource): boolean {
  return holdsData(resource) && !isDisposable(resource);
}

/** StatefulSets without claim templates have nothing of their own to lose. */
function isVolumeOrSpace(resource: PolicyResource): boolean {
  return isData(resource) && kindOf(resource) !== "StatefulSet";
}

export const stateMutations: readonly Mutation[] = [
  {
    rule: protectedState,
    what: "is not protected",
    to: isVolumeOrSpace,
    change: (draft) => (draft.protect = false),
  },
  {
    rule: retained,
    what: "goes with the stack",
    to: isData,
    change: (draft) => (draft.retainOnDelete = false),
  },
  {
    rule: notDeletedWith,
    what: "goes with something else",
    to: isData,
    change: (draft, choice, { resources }) => {
      const { type, name } = pick(resources, choice);
      draft.deletedWith = { type, name };
    },
  },
  {
    rule: notDeletedFirst,
    what: "goes before its replacement is there",
    to: isData,
    change: (draft) => (draft.deleteBeforeReplace = true),
  },
  {
    rule: securedFieldsKept,
    what: "lets others open it",
    change: ({ ignoreChanges }, choice) =>
      ignoreChanges.push(
        pick(
          [
            "spec",
            "*",
            "rules",
            "subjects[0]",
            "spec.ingress[0].from",
            "spec.podSelector",
            "spec.tls.termination",
            "spec.template.spec.hostNetwork",
            "spec.template.spec.containers[0].securityContext",
            'spec.template.spec["serviceAccountName"]',
            "metadataOptions.httpTokens",
          ],
          choice,
        ),
      ),
  },
];
