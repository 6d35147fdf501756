import { DURABLE } from "../../../where";
import { keptContainers } from "../../pods";
import { each, type UnsafeChange } from "../../unsafe-change";
import { at, isMap } from "../../values";

/** Nobody looks any more whether a container works. */
export const probeRemoved: UnsafeChange = {
  id: "workload/probe",
  title: "No probe is removed",
  why: "users are sent to a pod that cannot answer, or one that hangs is never restarted",
  instead: "mend the probe: its path, its command, or how long it may take",
  where: DURABLE,
  find: each(function* (change) {
    for (const [name, before, after] of keptContainers(change)) {
      for (const probe of ["readinessProbe", "livenessProbe", "startupProbe"]) {
        if (isMap(at(before, probe)) && (at(after, probe) ?? null) === null)
          yield {
            says: `container ${name} loses its ${probe}`,
            from: describe(at(before, probe)),
            to: "nothing",
          };
      }
    }
  }),
};

/** What a probe does. A command can hold anything, so it is not repeated. */
function describe(probe: unknown): string {
  const how = ["httpGet", "tcpSocket", "exec", "grpc"].find((key) => isMap(at(probe, key)));
  return how ?? "a probe";
}
