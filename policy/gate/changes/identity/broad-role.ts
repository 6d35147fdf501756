import { EVERYWHERE } from "../../../where";
import { kindOf } from "../../kinds";
import type { State } from "../../plan";
import { each, type UnsafeChange } from "../../unsafe-change";
import { at, listAt, shown, textAt } from "../../values";

/** A broad role is given to an account that any pod can have. */
export const broadRole: UnsafeChange = {
  id: "identity/broad-role",
  title: "No broad role is given to accounts that every pod can have",
  why: "any pod that names no account, one in the sandbox too, may then change everything in the namespace",
  instead: "make an account and a Role for the one workload, with the verbs that it needs",
  where: EVERYWHERE,
  find: each(function* (change) {
    if (!["RoleBinding", "ClusterRoleBinding"].includes(kindOf(change) ?? "")) return;
    const old = new Set(grants(change.before));
    for (const grant of grants(change.after)) {
      if (!old.has(grant)) yield { says: `it gives ${grant}`, from: shown([...old][0]), to: grant };
    }
  }),
};

const BROAD = new Set(["admin", "edit", "cluster-admin"]);

function grants(state: State | undefined): string[] {
  const role = textAt(state?.inputs, "roleRef", "name") ?? "";
  if (!BROAD.has(role) || at(state?.inputs, "roleRef", "kind") !== "ClusterRole") return [];
  return listAt(state?.inputs, "subjects").flatMap((subject) => {
    const [kind, name = ""] = [textAt(subject, "kind"), textAt(subject, "name")];
    if (kind === "ServiceAccount" && name === "default") return [`${role} to the default account`];
    if (kind === "Group" && /^system:(?:serviceaccounts|authenticated|unauthenticated)/.test(name))
      return [`${role} to ${name}`];
    return [];
  });
}
