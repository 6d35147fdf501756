import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { BasePlatform } from "./base-platform";
import { type CertificateArgs, certificateFiles, type HostCertificate } from "./certificate";
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
    const isPassthrough = args.tls !== "edge";
    const certificate = isPassthrough ? undefined : args.site.certificate;
    new k8s.networking.v1.Ingress(
      name,
      {
        metadata: {
          name,
          namespace: args.site.namespace,
          labels: objectLabels(args.site, name),
          annotations: {
            // The pods hold the certificate, as behind a passthrough Route.
            ...(isPassthrough && { "nginx.ingress.kubernetes.io/ssl-passthrough": "true" }),
            ...(certificate?.issuer !== undefined && {
              "cert-manager.io/cluster-issuer": certificate.issuer,
            }),
            "nginx.ingress.kubernetes.io/force-ssl-redirect": "true",
            // The address comes from whichever controller watches the class; the stack does not wait for it.
            "pulumi.com/skipAwait": "true",
          },
        },
        spec: {
          ingressClassName: "nginx",
          tls: [{ hosts: [args.host], ...(certificate && { secretName: secretOf(name, certificate) }) }],
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

  certificate(name: string, args: CertificateArgs, opts: pulumi.CustomResourceOptions): HostCertificate {
    return { secret: certificateFiles(name, args, opts).ref };
  }

  follow(_name: string, args: FollowArgs): pulumi.Resource {
    throw new Error(`plain Kubernetes cannot follow ${args.source}: give the image a digest`);
  }
}

/** The Secret with a host's certificate; cert-manager makes it under the name that it finds. */
function secretOf(name: string, certificate: HostCertificate): pulumi.Input<string> {
  return certificate.issuer === undefined ? certificate.secret : `${name}-tls`;
}
