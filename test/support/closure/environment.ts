import type { ClusterObjects } from "../objects";
import { missingFiles } from "./files";

/** Environment variables whose Secret, ConfigMap or key is missing. */
export function* environmentFindings(objects: ClusterObjects): Iterable<string> {
  for (const { owner, namespace, containers } of objects.pods) {
    for (const { name: container = "", env = [], envFrom = [] } of containers) {
      const place = `${owner.title}, container ${container}`;
      for (const { name = "", valueFrom } of env) {
        const where = `${place}, variable ${name}`;
        const references = [
          ["Secret", valueFrom?.secretKeyRef],
          ["ConfigMap", valueFrom?.configMapKeyRef],
        ] as const;
        for (const [kind, ref] of references) {
          if (ref === undefined) continue;
          const { name: file = "", key = "", optional = false } = ref;
          yield* missingFiles(where, { kind, namespace, name: file, keys: [key], optional }, objects);
        }
      }
      for (const { secretRef, configMapRef } of envFrom) {
        const references = [
          ["Secret", secretRef],
          ["ConfigMap", configMapRef],
        ] as const;
        for (const [kind, ref] of references) {
          if (ref === undefined) continue;
          const { name = "", optional = false } = ref;
          yield* missingFiles(place, { kind, namespace, name, optional }, objects);
        }
      }
    }
  }
}
