import type { Container, PodSpec } from "../../policy/kubernetes";
import type { Texts } from "./model";

type Volume = NonNullable<PodSpec["volumes"]>[number];
type Items = readonly { readonly key?: string; readonly path?: string }[];

/** What a container finds at each path. */
export function mountTexts(container: Container, { volumes = [] }: PodSpec): Texts {
  return Object.fromEntries(
    (container.volumeMounts ?? []).map(({ name = "", mountPath = "", subPath, readOnly }) => {
      const volume = volumes.find((candidate) => candidate.name === name);
      const parts = [
        volume === undefined ? `claim template ${name}` : volumeText(volume),
        ...(subPath === undefined ? [] : [`only ${subPath}`]),
        ...(readOnly === true ? ["read-only"] : []),
      ];
      return [mountPath, parts.join(", ")];
    }),
  );
}

function volumeText(volume: Volume): string {
  const { secret, configMap, emptyDir, persistentVolumeClaim, projected } = volume;
  if (secret !== undefined) return `Secret ${secret.secretName ?? ""}${itemsText(secret.items)}`;
  if (configMap !== undefined) return `ConfigMap ${configMap.name ?? ""}${itemsText(configMap.items)}`;
  if (persistentVolumeClaim !== undefined) return `claim ${persistentVolumeClaim.claimName ?? ""}`;
  if (projected !== undefined) {
    return (projected.sources ?? [])
      .map((source) =>
        source.secret === undefined
          ? `ConfigMap ${source.configMap?.name ?? ""}${itemsText(source.configMap?.items)}`
          : `Secret ${source.secret.name ?? ""}${itemsText(source.secret.items)}`,
      )
      .join(" + ");
  }
  if (emptyDir === undefined) throw new Error(`no words for the volume ${JSON.stringify(volume)}`);
  return emptyDir.medium === "Memory" ? `memory of ${emptyDir.sizeLimit ?? "any size"}` : "scratch";
}

function itemsText(items: Items | undefined): string {
  if (items === undefined) return "";
  const shown = items.map(({ key = "", path = "" }) => (key === path ? key : `${key} as ${path}`));
  return ` (${shown.join(", ")})`;
}
