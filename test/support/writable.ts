import type { Container } from "../../policy/kubernetes";
import type { ClusterObjects, Pods } from "./objects";

/**
 * The paths that each container writes to, by the pods' component, for further containers by their own;
 * or `the root` where the image writes into its own root in places that a volume cannot stand for.
 */
export type WrittenPaths = Readonly<Record<string, readonly string[] | "the root">>;

/** Written paths that are no volume, and containers whose root is open or closed against the table. */
export function unwritablePaths(objects: ClusterObjects, table: WrittenPaths): string[] {
  return objects.pods.flatMap((pods) =>
    pods.containers.flatMap((container) => {
      const where = `${pods.owner.title}, container ${container.name ?? ""}`;
      return containerFindings(pods, container, table).map((finding) => `${where}: ${finding}`);
    }),
  );
}

function containerFindings(pods: Pods, container: Container, table: WrittenPaths): string[] {
  const isMain = container.name === pods.spec.containers?.[0]?.name;
  const paths = table[isMain ? (pods.labels.component ?? pods.owner.name) : (container.name ?? "")];
  const closed = container.securityContext?.readOnlyRootFilesystem === true;
  if (paths === undefined) return ["nothing is known of the paths that it writes to"];
  if (paths === "the root") return closed ? ["it writes into its root, which is read-only"] : [];
  if (!closed) return ["its root is writable without need"];
  return paths
    .filter((path) => !isWritable(path, pods, container))
    .map((path) => `${path} is no writable volume`);
}

/** Whether the innermost mount over a path is one that keeps what is written. */
function isWritable(path: string, pods: Pods, { volumeMounts = [] }: Container): boolean {
  const [mount] = volumeMounts
    .filter(({ mountPath = "" }) => path === mountPath || path.startsWith(`${mountPath}/`))
    .sort((a, b) => (b.mountPath ?? "").length - (a.mountPath ?? "").length);
  if (mount === undefined || mount.readOnly === true) return false;
  const volume = pods.spec.volumes?.find(({ name }) => name === mount.name);
  return (
    pods.claimTemplates.includes(mount.name ?? "") ||
    (volume?.emptyDir ?? volume?.persistentVolumeClaim) !== undefined
  );
}
