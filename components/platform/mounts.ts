import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Files } from "./files";

type Volume = k8s.types.input.core.v1.Volume;
type VolumeMount = k8s.types.input.core.v1.VolumeMount;
type Projection = k8s.types.input.core.v1.VolumeProjection;

/** Readable by the pod's group, by nobody else. */
const FILE_MODE = 0o440;

/** Files at a path, always read-only. */
export interface FilesMount {
  readonly path: string;
  /** One source, or several that appear side by side in the folder. */
  readonly files: readonly FileSource[];
  /** Mount this one file at `path` instead of a folder, beside what the image has there. */
  readonly subPath?: string;
}

export interface FileSource {
  readonly from: Files;
  /** Which files to show and under which relative path. @default all, under their own names */
  readonly items?: Readonly<Record<string, string>>;
}

/** An empty folder that the container may write to and that goes with the pod. */
export interface ScratchMount {
  readonly scratch: string;
  readonly path: string;
  /** The pod is evicted above this size, for example `1Gi`. */
  readonly sizeLimit: string;
  /** Keep it in memory; it then counts against the container's memory limit. @default false */
  readonly memory?: boolean;
}

/** A claim's volume; `claim` names a PersistentVolumeClaim or, in a StatefulSet, one of its templates. */
export interface ClaimMount {
  readonly volume: string;
  readonly path: string;
  /** Name of the claim. Absent: `volume` is a claim template of the StatefulSet. */
  readonly claim?: pulumi.Input<string>;
  /** For containers that have no business changing it. @default false */
  readonly readOnly?: boolean;
}

/** A token of the pod's account for somebody outside the cluster, renewed by the kubelet: the file `token`. */
export interface TokenMount {
  readonly token: string;
  readonly path: string;
  /** Whom it is made for; nobody else takes it. */
  readonly audience: string;
}

export type Mount = FilesMount | ScratchMount | ClaimMount | TokenMount;

/** Seconds that a token lasts; the kubelet renews it when four fifths are over. */
const TOKEN_SECONDS = 3600;

/** The container's side of the mounts. */
export function volumeMounts(mounts: readonly Mount[]): VolumeMount[] {
  return mounts.map((mount) => {
    if ("token" in mount) return { name: mount.token, mountPath: mount.path, readOnly: true };
    if ("files" in mount) {
      const base = { name: volumeName(mount), mountPath: mount.path, readOnly: true };
      return mount.subPath === undefined ? base : { ...base, subPath: mount.subPath };
    }
    const readOnly = "volume" in mount && mount.readOnly === true;
    return { name: volumeName(mount), mountPath: mount.path, ...(readOnly && { readOnly }) };
  });
}

/** The pod's side of the mounts: each volume once, however many containers have it. */
export function volumes(mounts: readonly Mount[]): Volume[] {
  const names = mounts.map(volumeName);
  const firsts = mounts.filter((mount, index) => names.indexOf(volumeName(mount)) === index);
  return firsts.flatMap((mount): Volume[] => {
    const name = volumeName(mount);
    if ("files" in mount) return [filesVolume(name, mount.files)];
    if ("token" in mount) return [tokenVolume(name, mount.audience)];
    if ("scratch" in mount) {
      const { sizeLimit, memory } = mount;
      return [{ name, emptyDir: memory === true ? { sizeLimit, medium: "Memory" } : { sizeLimit } }];
    }
    return mount.claim === undefined ? [] : [{ name, persistentVolumeClaim: { claimName: mount.claim } }];
  });
}

/** All files that the mounts read. */
export function mountedFiles(mounts: readonly Mount[]): Files[] {
  return mounts.flatMap((mount) => ("files" in mount ? mount.files.map((source) => source.from) : []));
}

function volumeName(mount: Mount): string {
  if ("scratch" in mount) return mount.scratch;
  if ("volume" in mount) return mount.volume;
  if ("token" in mount) return mount.token;
  return mount.files.map((source) => source.from.name).join("-");
}

function filesVolume(name: string, sources: readonly FileSource[]): Volume {
  const [only, ...others] = sources;
  if (only === undefined) throw new Error(`the mount ${name} names no files`);
  if (others.length > 0) {
    return { name, projected: { defaultMode: FILE_MODE, sources: sources.map(projection) } };
  }
  const items = only.items === undefined ? {} : { items: keyPaths(only.items) };
  return only.from.kind === "secret"
    ? { name, secret: { secretName: only.from.ref, defaultMode: FILE_MODE, ...items } }
    : { name, configMap: { name: only.from.ref, defaultMode: FILE_MODE, ...items } };
}

function tokenVolume(name: string, audience: string): Volume {
  const serviceAccountToken = { audience, expirationSeconds: TOKEN_SECONDS, path: "token" };
  return { name, projected: { defaultMode: FILE_MODE, sources: [{ serviceAccountToken }] } };
}

function projection(source: FileSource): Projection {
  const items = source.items === undefined ? {} : { items: keyPaths(source.items) };
  return { [source.from.kind]: { name: source.from.ref, ...items } };
}

function keyPaths(items: Readonly<Record<string, string>>): { key: string; path: string }[] {
  return Object.entries(items).map(([key, path]) => ({ key, path }));
}
