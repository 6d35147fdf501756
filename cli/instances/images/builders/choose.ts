import type { Settings } from "../../../../stacks/settings";
import type { Cluster } from "../../../cluster";
import type { Registry } from "../../../registry/client";
import type { Builder } from "../model";
import { JobBuilder } from "./job";
import { MachineBuilder } from "./machine";
import { OpenShiftBuilder } from "./openshift";
import { RegistryStore } from "./registry-store";
import type { BuilderSettings } from "./settings";

/** Where an instance runs. */
export interface BuildPlace {
  readonly cluster: Cluster;
  readonly platform: Settings["platform"];
  /** Whether it is the control plane of this machine, on which no program runs. */
  readonly local: boolean;
  readonly registry: Pick<Registry, "lookUp">;
}

/**
 * The builder for an instance: OpenShift's own, a Job on plain Kubernetes, or this machine.
 *
 * @throws Error that names the setting when there is nowhere to keep the images.
 */
export function builderFor(settings: BuilderSettings, place: BuildPlace): Builder {
  const { cluster, platform, local, registry: client } = place;
  const { registry } = settings;
  const store = registry === undefined ? undefined : new RegistryStore(registry, client);
  if (local) return new MachineBuilder(settings, store === undefined ? {} : { store });
  if (platform !== "kubernetes") return new OpenShiftBuilder(cluster, settings, store);
  if (registry === undefined || store === undefined) {
    throw new Error(
      "images of pull requests have nowhere to go: plain Kubernetes has no registry of its own, so set " +
        "packit:testInstances.builder.registry of the environment, such as quay.io/packit-test",
    );
  }
  return new JobBuilder(cluster, { ...settings, registry }, store);
}
