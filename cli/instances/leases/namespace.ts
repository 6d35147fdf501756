import type { Cluster, ClusterAnswer } from "../../cluster";
import { objectionIn } from "../../cluster-answer";
import { CONTROL_NAMESPACE } from "../record";

const PART_OF = { "app.kubernetes.io/part-of": "packit" };

/** Name of the CronJob that takes down what is forgotten, and of all that belongs to it. */
export const BACKSTOP = "packit-reap";

/** Name of the Role that whoever deploys test instances needs. */
const ROLE = "packit-test-instances";

/** Who may work on test instances, as a RoleBinding names them. */
export interface Subject {
  readonly kind: "User" | "Group" | "ServiceAccount";
  readonly name: string;
  /** Of a service account. */
  readonly namespace?: string;
}

/** An object, ready to be sent. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/**
 * The namespace of the leases, which admits no pod that is not harmless, the Role that whoever deploys needs in it,
 * and who has that.
 */
export function controlObjects(subjects: readonly Subject[] = []): readonly Manifest[] {
  const namespace: Manifest = {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: {
      name: CONTROL_NAMESPACE,
      labels: {
        ...PART_OF,
        "pod-security.kubernetes.io/enforce": "restricted",
        "pod-security.kubernetes.io/enforce-version": "latest",
      },
    },
  };
  const metadata = { name: ROLE, namespace: CONTROL_NAMESPACE, labels: PART_OF };
  const role: Manifest = {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "Role",
    metadata,
    rules: [
      {
        apiGroups: ["coordination.k8s.io"],
        resources: ["leases"],
        verbs: ["get", "list", "create", "update", "delete"],
      },
      // To tell whoever deploys when nothing takes down in the cluster what is forgotten.
      { apiGroups: ["batch"], resources: ["cronjobs"], resourceNames: [BACKSTOP], verbs: ["get"] },
    ],
  };
  if (subjects.length === 0) return [namespace, role];
  const binding: Manifest = {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata,
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: ROLE },
    subjects: subjects.map((subject) => ({
      ...subject,
      ...(subject.kind !== "ServiceAccount" && { apiGroup: "rbac.authorization.k8s.io" }),
    })),
  };
  return [namespace, role, binding];
}

/**
 * Makes the namespace of the leases when it is missing, with the Role and who has it.
 *
 * @param subjects - Who gets the right to work on test instances. Others have it already, or get it from an
 *   administrator.
 * @throws Error when it is missing and one may not make it.
 */
export async function ensureControlNamespace(
  cluster: Cluster,
  subjects: readonly Subject[] = [],
): Promise<void> {
  const there = await cluster.ask("GET", `/api/v1/namespaces/${CONTROL_NAMESPACE}`);
  // Whoever may use a namespace need not have the right to look at it.
  if (there.status === 403 && subjects.length === 0) return;
  for (const object of controlObjects(subjects)) {
    const isThere = object.kind === "Namespace" && there.status === 200;
    if (!isThere) await make(cluster, object);
  }
}

async function make(cluster: Cluster, object: Manifest): Promise<void> {
  const answer = await cluster.ask("POST", pathFor(object), object);
  if (answer.status < 300) return;
  if (answer.status !== 409) throw refused(object, answer);
  if (object.kind === "Namespace") return;
  const path = `${pathFor(object)}/${object.metadata.name}`;
  const changed = await cluster.ask("PATCH", path, object);
  if (changed.status >= 300) throw refused(object, changed);
}

function pathFor({ apiVersion, kind }: Manifest): string {
  if (kind === "Namespace") return "/api/v1/namespaces";
  return `/apis/${apiVersion}/namespaces/${CONTROL_NAMESPACE}/${kind.toLowerCase()}s`;
}

function refused({ kind, metadata }: Manifest, answer: ClusterAnswer): Error {
  return new Error(
    `the leases of test instances need the ${kind} ${metadata.name}, and the cluster does not take it from you (${objectionIn(answer)}): ` +
      "ask its administrator for it",
  );
}
