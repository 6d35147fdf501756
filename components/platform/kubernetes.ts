import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { BasePlatform } from "./base-platform";
import type { ExposeArgs, FollowArgs, MadeNamespace, NamespaceArgs, Platform } from "./platform";
import { objectLabels } from "./site";

/** UID that Packit's images run as outside OpenShift (their docker-compose file uses the same). */
const IMAGE_UID = 1024;

/** Plain Kubernetes with the ingress-nginx controller in front. */
export class KubernetesPlatform extends BasePlatform implements Platform {
  readonly kind = "kubernetes";
  readonly followsImages = false;
  readonly securesPods = false;
  /** The images are made for an arbitrary UID in group 0, which also owns what they may write to. */
  readonly podIdentity = { runAsUser: IMAGE_UID, runAsGroup: 0, fsGroup: IMAGE_UID };
  readonly router = {
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "ingress-nginx" } },
  };

  namespace(name: string, args: NamespaceArgs, opts: pulumi.CustomResourceOptions): MadeNamespace {
    const namespace = new k8s.core.v1.Namespace(
      name,
      {
        metadata: {
          name,
          labels: this.namespaceLabels(args),
          ...(args.ttl !== undefined && { annotations: this.namespaceAnnotations(args) }),
        },
      },
      { ...opts, protect: args.durable },
    );
    return { name: namespace.metadata.name, createdAt: namespace.metadata.creationTimestamp };
  }

  expose(name: string, args: ExposeArgs, opts: pulumi.CustomResourceOptions): void {
    new k8s.networking.v1.Ingress(
      name,
      {
        metadata: {
          name,
          namespace: args.site.namespace,
          labels: objectLabels(args.site, name),
          annotations: {
            // The pods hold the certificate, as behind a passthrough Route.
            ...(args.tls !== "edge" && { "nginx.ingress.kubernetes.io/ssl-passthrough": "true" }),
            "nginx.ingress.kubernetes.io/force-ssl-redirect": "true",
            // The address comes from whichever controller watches the class; the stack does not wait for it.
            "pulumi.com/skipAwait": "true",
          },
        },
        spec: {
          ingressClassName: "nginx",
          tls: [{ hosts: [args.host] }],
          rules: [
            {
              host: args.host,
              http: {
                paths: [
                  {
                    path: "/",
                    pathType: "Prefix",
                    backend: { service: { name: args.service, port: { number: args.port.number } } },
                  },
                ],
              },
            },
          ],
        },
      },
      opts,
    );
  }

  follow(_name: string, args: FollowArgs): pulumi.Resource {
    throw new Error(`plain Kubernetes cannot follow ${args.source}: give the image a digest`);
  }
}
