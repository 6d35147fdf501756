import type * as k8s from "@pulumi/kubernetes";

import type { Written } from "../../../policy/kubernetes";
import type { ClusterObjects, Pods } from "../objects";
import { keysOf, missingFiles, type FilesReference } from "./files";

type Volume = Written<k8s.types.output.core.v1.Volume>;
type Items = readonly { readonly key?: string; readonly path?: string }[] | undefined;

/** A source of files, and under which paths it shows which keys. */
interface FileSource extends FilesReference {
  readonly items: Items;
}

/** Volumes without the object behind them, mounts without a volume, and volumes that nobody mounts (D01). */
export function* volumeFindings(objects: ClusterObjects): Iterable<string> {
  for (const pods of objects.pods) {
    yield* sourceFindings(pods, objects);
    yield* mountFindings(pods, objects);
  }
}

function* sourceFindings(pods: Pods, objects: ClusterObjects): Iterable<string> {
  const mounted = new Set(
    pods.containers.flatMap(({ volumeMounts = [] }) => volumeMounts.map(({ name }) => name)),
  );
  for (const volume of pods.spec.volumes ?? []) {
    const where = `${pods.owner.title}, volume ${volume.name ?? ""}`;
    for (const source of fileSources(volume, pods.namespace)) yield* missingFiles(where, source, objects);
    const claim = volume.persistentVolumeClaim?.claimName;
    if (claim !== undefined && objects.find("PersistentVolumeClaim", pods.namespace, claim) === undefined)
      yield `${where}: there is no claim ${claim} in ${pods.namespace}`;
    if (!mounted.has(volume.name)) yield `${where}: no container mounts it`;
  }
  for (const template of pods.claimTemplates) {
    if (!mounted.has(template))
      yield `${pods.owner.title}, claim template ${template}: no container mounts it`;
  }
}

function* mountFindings(pods: Pods, objects: ClusterObjects): Iterable<string> {
  const volumes = new Map((pods.spec.volumes ?? []).map((volume) => [volume.name, volume]));
  for (const { name: container = "", volumeMounts = [] } of pods.containers) {
    const paths = new Set<string>();
    for (const { name = "", mountPath = "", subPath } of volumeMounts) {
      const where = `${pods.owner.title}, container ${container}, mount ${mountPath}`;
      if (paths.has(mountPath)) yield `${where}: something else is mounted there already`;
      paths.add(mountPath);
      const volume = volumes.get(name);
      if (volume === undefined && !pods.claimTemplates.includes(name))
        yield `${where}: there is no volume ${name}`;
      const shown = volume && shownFiles(volume, pods.namespace, objects);
      if (subPath !== undefined && shown?.has(subPath) === false)
        yield `${where}: volume ${name} shows no file ${subPath}`;
    }
  }
}

/** The paths of the files in a volume; undefined where nobody can say, as for a claim or a missing Secret. */
function shownFiles(
  volume: Volume,
  namespace: string,
  objects: ClusterObjects,
): ReadonlySet<string> | undefined {
  const shown = fileSources(volume, namespace).map(({ kind, name, items }) => {
    if (items !== undefined) return items.map(({ path = "" }) => path);
    const object = objects.find(kind, namespace, name);
    return object && [...keysOf(object)];
  });
  const known = shown.filter((paths) => paths !== undefined);
  return shown.length > 0 && known.length === shown.length ? new Set(known.flat()) : undefined;
}

/** The Secrets and ConfigMaps that a volume shows. */
function fileSources(volume: Volume, namespace: string): FileSource[] {
  const { secret, configMap, projected } = volume;
  const source = (
    kind: FileSource["kind"],
    name: string | undefined,
    items: Items,
    optional: boolean | undefined,
  ): FileSource => ({
    kind,
    namespace,
    name: name ?? "",
    items,
    keys: (items ?? []).map(({ key = "" }) => key),
    optional: optional ?? false,
  });
  return [
    ...(secret ? [source("Secret", secret.secretName, secret.items, secret.optional)] : []),
    ...(configMap ? [source("ConfigMap", configMap.name, configMap.items, configMap.optional)] : []),
    ...(projected?.sources ?? []).flatMap((part) => [
      ...(part.secret ? [source("Secret", part.secret.name, part.secret.items, part.secret.optional)] : []),
      ...(part.configMap
        ? [source("ConfigMap", part.configMap.name, part.configMap.items, part.configMap.optional)]
        : []),
    ]),
  ];
}
