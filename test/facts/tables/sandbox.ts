import type { Facts } from "../model";
import { NAMESPACE, POD } from "./common";

const SANDBOX = "packit--prod-sandbox";

function cacheOf(pod: string): Facts {
  return {
    [`PersistentVolumeClaim/sandcastle-repository-cache-${pod}`]: {
      namespace: SANDBOX,
      storage: "4Gi",
      accessModes: "ReadWriteOnce",
      storageClass: "aws-ebs",
    },
  };
}

/** The namespace in which users' commands run. */
export const sandbox: Facts = {
  "TenantNamespace/prod-sandbox": {
    apiVersion: "tenant.paas.redhat.com/v1alpha1",
    namespace: "packit--config",
    type: "runtime",
    securityZone: "internal",
  },
  // Edited by hand for each volume in turn.
  "Pod/repository-cache-filler": {
    ...POD,
    namespace: SANDBOX,
    container: "repository-cache-filler",
    image: "quay.io/packit/sandcastle",
    command: "/usr/bin/sleep 360000",
    mount: { "/repository-cache": "claim sandcastle-repository-cache-packit-worker-0" },
  },
  "RoleBinding/edit": { namespace: SANDBOX, role: "edit", subjects: `${NAMESPACE}/default` },
  ...cacheOf("packit-worker-0"),
  ...cacheOf("packit-worker-long-running-0"),
  ...cacheOf("packit-worker-long-running-1"),
};
