import type { ClusterObjects } from "../objects";

/** Roles that every cluster has. */
const BUILT_IN_ROLES = [
  ...["admin", "cluster-admin", "edit", "view"],
  // On OpenShift, where nothing else binds it.
  "system:openshift:scc:nonroot-v2",
];

/** Accounts that every OpenShift has. */
const BUILT_IN_ACCOUNTS = ["openshift-ingress/router"];

interface Binding {
  readonly roleRef: { readonly kind: string; readonly name: string };
  readonly subjects?: readonly {
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
  }[];
}

/** Bindings of a role that is missing, or to an account that is. */
export function* accessFindings(objects: ClusterObjects): Iterable<string> {
  for (const kind of ["RoleBinding", "ClusterRoleBinding"]) {
    for (const { title, namespace, body } of objects.ofKind(kind)) {
      const { roleRef, subjects = [] } = body as unknown as Binding;
      const builtIn = roleRef.kind === "ClusterRole" && BUILT_IN_ROLES.includes(roleRef.name);
      const home = roleRef.kind === "ClusterRole" ? "" : namespace;
      if (!builtIn && objects.find(roleRef.kind, home, roleRef.name) === undefined)
        yield `${title}: there is no ${roleRef.kind} ${roleRef.name}`;
      if (subjects.length === 0) yield `${title}: it names nobody`;
      for (const subject of subjects) {
        const { name, namespace: of = namespace } = subject;
        if (BUILT_IN_ACCOUNTS.includes(`${of}/${name}`)) continue;
        if (subject.kind !== "ServiceAccount" || objects.find("ServiceAccount", of, name) !== undefined)
          continue;
        yield `${title}: there is no ServiceAccount ${name} in ${of}`;
      }
    }
  }
}
