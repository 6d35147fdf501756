import { addressFrom, ApiClient, resourcePath } from "../api";
import { importImages } from "./image-imports";
import { followImages } from "./image-streams";
import { ownNamespaces } from "./namespace-owners";
import type { Namespace } from "./namespaces";
import { projects } from "./projects";
import { Reflector } from "./reflector";
import { admitRoutes } from "./routes";
import { tenantNamespaces } from "./tenants";
import { triggerImages } from "./triggers";

/**
 * What OpenShift's own controllers would do, on a plain Kubernetes API server: give Projects and TenantNamespaces
 * their namespaces, ImageStreams their status, workloads the image that their trigger asks for, and Routes a
 * router's word.
 */
function main(): void {
  const kubeconfig = process.argv[2];
  if (kubeconfig === undefined) {
    throw new Error("usage: openshift-stand-in KUBECONFIG");
  }
  const api = new ApiClient(addressFrom(kubeconfig));
  const namespaces = new Reflector<Namespace>(api, resourcePath("v1", "namespaces"));
  const streams = followImages(api);
  const reflectors = [
    ownNamespaces(api, namespaces, projects),
    ownNamespaces(api, namespaces, tenantNamespaces),
    namespaces,
    ...triggerImages(api, streams),
    streams,
    importImages(api),
    admitRoutes(api),
  ];
  const stop = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      stop.abort();
      process.exit(0);
    });
  }
  for (const reflector of reflectors) {
    void reflector.run(stop.signal);
  }
  console.log(`following ${reflectors.map(({ path }) => path).join(", ")}`);
}

main();
