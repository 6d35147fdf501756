import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { siteLabels, type Site } from "../../components/platform/site";

/**
 * A protected object that depends on everything else of the stack. `destroy` begins with what nothing depends on,
 * so it stops here, before it has deleted anything; without it the engine deletes all that is unprotected first.
 *
 * @param everything - The component that all others are children of; none may be made later.
 */
export function seal(
  site: Site,
  everything: pulumi.ComponentResource,
  opts: pulumi.CustomResourceOptions,
): void {
  new k8s.core.v1.ConfigMap(
    "stack-seal",
    {
      metadata: { name: "stack-seal", namespace: site.namespace, labels: siteLabels(site) },
      data: { stack: site.instance },
    },
    { ...opts, protect: true, dependsOn: [everything] },
  );
}
