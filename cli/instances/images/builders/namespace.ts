import type { Cluster } from "../../../cluster";
import { make, taken } from "./asking";

const PART_OF = { "app.kubernetes.io/part-of": "packit" };

/** Where a cloud tells its machines who they are and what they may do. */
const METADATA_SERVICES = { v4: "169.254.0.0/16", v6: "fe80::/10" };

/** Who may pull images on OpenShift: those of pull requests hold what everybody can read. */
const PULLER = "system:image-puller";

/** What the builds' namespace needs beside itself. */
interface Needs {
  /** Whether the cluster has Projects, which whoever asks for one may have without being its administrator. */
  readonly projects: boolean;
  /** Whether other namespaces pull the images from the cluster's own registry. */
  readonly ownRegistry: boolean;
}

/**
 * Makes the namespace of the builds when it is missing. Nobody reaches a build from outside, and a build reaches what
 * it downloads but not the cloud's metadata.
 *
 * @throws Error that names the setting when it is missing and one may not make it.
 */
export async function ensureBuildNamespace(
  cluster: Cluster,
  name: string,
  { projects, ownRegistry }: Needs,
): Promise<void> {
  const there = await cluster.ask("GET", `/api/v1/namespaces/${name}`);
  // Whoever may build in a namespace need not have the right to look at it, nor to lay it out.
  if (there.status === 403) return;
  if (there.status !== 200) await makeNamespace(cluster, name, projects);
  const policies = `/apis/networking.k8s.io/v1/namespaces/${name}/networkpolicies`;
  await layOut(cluster, policies, networkPolicy(name));
  if (!ownRegistry) return;
  await layOut(cluster, `/apis/rbac.authorization.k8s.io/v1/namespaces/${name}/rolebindings`, pullers(name));
}

async function makeNamespace(cluster: Cluster, name: string, projects: boolean): Promise<void> {
  try {
    if (projects) await make(cluster, "/apis/project.openshift.io/v1/projectrequests", projectRequest(name));
    else await make(cluster, "/api/v1/namespaces", namespaceManifest(name));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `there is no namespace ${name} to build images in, and ${why}: ` +
        "have it made, or name another in packit:testInstances.builder.namespace",
      { cause: error },
    );
  }
}

async function layOut(
  cluster: Cluster,
  collection: string,
  object: { readonly kind: string },
): Promise<void> {
  const answer = await cluster.ask("POST", collection, object);
  if (answer.status !== 409 && answer.status !== 403) taken(answer, `make the ${object.kind} of the builds`);
}

export function namespaceManifest(name: string) {
  return {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: {
      name,
      labels: {
        ...PART_OF,
        // Restricted is not enough for newuidmap, without which a user cannot build.
        "pod-security.kubernetes.io/enforce": "baseline",
        "pod-security.kubernetes.io/enforce-version": "latest",
      },
    },
  };
}

function projectRequest(name: string) {
  return { apiVersion: "project.openshift.io/v1", kind: "ProjectRequest", metadata: { name } };
}

export function networkPolicy(namespace: string) {
  const dns = [53, 5353].flatMap((port) => ["UDP", "TCP"].map((protocol) => ({ port, protocol })));
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "image-build", namespace, labels: PART_OF },
    spec: {
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
      ingress: [],
      egress: [
        {
          to: [
            { ipBlock: { cidr: "0.0.0.0/0", except: [METADATA_SERVICES.v4] } },
            { ipBlock: { cidr: "::/0", except: [METADATA_SERVICES.v6] } },
          ],
        },
        // Some networks do not count pods among addresses.
        { to: [{ namespaceSelector: {} }], ports: dns },
        {
          to: [
            {
              namespaceSelector: {
                matchLabels: { "kubernetes.io/metadata.name": "openshift-image-registry" },
              },
            },
          ],
          ports: [{ port: 5000, protocol: "TCP" }],
        },
      ],
    },
  };
}

export function pullers(namespace: string) {
  return {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata: { name: "image-pullers", namespace, labels: PART_OF },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: PULLER },
    subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "system:serviceaccounts" }],
  };
}
