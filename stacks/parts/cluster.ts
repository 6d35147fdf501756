import { homedir } from "node:os";
import { join } from "node:path";

import * as k8s from "@pulumi/kubernetes";

import { KubernetesPlatform } from "../../components/platform/kubernetes";
import { OpenShiftPlatform } from "../../components/platform/openshift";
import { MppPlatform } from "../../components/platform/mpp";
import type { Platform, PlatformOptions } from "../../components/platform/platform";
import type { Settings } from "../settings";
import type { CoprSettings } from "../settings/copr/settings";

/** Kubeconfig of the local control plane, within the checkout. */
const LOCAL_KUBECONFIG = join(".local", "cluster", "kubeconfig");

/** The stack's one provider: the cluster of the settings, or the local control plane when they name none. */
export function clusterProvider(settings: Pick<Settings, "cluster">, root: string): k8s.Provider {
  const { kubeconfig, context } = settings.cluster ?? { kubeconfig: join(root, LOCAL_KUBECONFIG) };
  return new k8s.Provider("cluster", {
    kubeconfig: kubeconfig.replace(/^~(?=\/)/, homedir()),
    ...(context !== undefined && { context }),
    // Otherwise a changed file would be a new object under a new name, and its readers would restart twice.
    enableSecretMutable: true,
    enableConfigMapMutable: true,
  });
}

export function platformOf(settings: Settings | CoprSettings): Platform {
  const { storageClass, priorityClass, labels, owner } = settings;
  const options: PlatformOptions = {
    ...(storageClass !== undefined && { storageClass }),
    ...(priorityClass !== undefined && { priorityClass }),
    labels: { ...labels, ...(owner !== undefined && { "packit.dev/owner": owner }) },
  };
  switch (settings.platform) {
    case "kubernetes":
      return new KubernetesPlatform(options);
    case "openshift":
      return new OpenShiftPlatform(options);
    case "mpp":
      return new MppPlatform(settings, options);
  }
}
