import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { BasePlatform } from "./base-platform";
import { type CertificateArgs, certificateFiles, type HostCertificate } from "./certificate";
import type {
  ExposeArgs,
  FollowArgs,
  MadeNamespace,
  NamespaceArgs,
  Platform,
  PlatformKind,
} from "./platform";
import { grant } from "./rights";
import { objectLabels, siteLabels } from "./site";

/** The account of OpenShift's routers. */
const ROUTER = { namespace: "openshift-ingress", name: "router" };

/** OpenShift: Projects, Routes, ImageStreams, and a UID assigned by its security context constraints. */
export class OpenShiftPlatform extends BasePlatform implements Platform {
  readonly kind: PlatformKind = "openshift";
  readonly followsImages = true;
  readonly securesPods = true;
  readonly podIdentity = {};
  /** Labels of every Route, on top of those of its component. */
  readonly routeLabels: Readonly<Record<string, string>> = {};
  readonly router = {
    namespaceSelector: { matchLabels: { "network.openshift.io/policy-group": "ingress" } },
  };

  namespace(name: string, args: NamespaceArgs, opts: pulumi.CustomResourceOptions): MadeNamespace {
    const project = new k8s.apiextensions.CustomResource(
      name,
      {
        apiVersion: "project.openshift.io/v1",
        kind: "Project",
        metadata: {
          name,
          labels: this.namespaceLabels(args),
          ...(args.ttl !== undefined && { annotations: this.namespaceAnnotations(args) }),
        },
        spec: { finalizers: ["kubernetes"] },
      },
      { ...opts, protect: args.durable },
    );
    return { name: project.metadata.name, createdAt: project.metadata.creationTimestamp };
  }

  expose(name: string, args: ExposeArgs, opts: pulumi.CustomResourceOptions): void {
    const { tls = "passthrough" } = args;
    const certificate = tls === "edge" ? args.site.certificate : undefined;
    new k8s.apiextensions.CustomResource(
      name,
      {
        apiVersion: "route.openshift.io/v1",
        kind: "Route",
        metadata: {
          name,
          namespace: args.site.namespace,
          labels: { ...objectLabels(args.site, name), ...this.routeLabels },
          ...(certificate?.issuer !== undefined && { annotations: issuedBy(certificate.issuer) }),
        },
        spec: {
          host: args.host,
          to: { kind: "Service", name: args.service },
          port: { targetPort: args.port.name },
          tls: {
            termination: tls,
            insecureEdgeTerminationPolicy: "Redirect",
            ...(certificate?.secret !== undefined && { externalCertificate: { name: certificate.secret } }),
          },
        },
      },
      opts,
    );
  }

  /**
   * A Route refers to the Secret (OpenShift 4.19), which keeps the key out of the Route, whose readers are many. The
   * router has to be let read it, or the API server refuses the Route.
   */
  certificate(name: string, args: CertificateArgs, opts: pulumi.CustomResourceOptions): HostCertificate {
    const files = certificateFiles(name, args, opts);
    const rules = [
      { apiGroups: [""], resources: ["secrets"], resourceNames: [name], verbs: ["get", "list", "watch"] },
    ];
    const allowed = grant(name, { site: args.site, rules, accounts: [ROUTER] }, opts);
    return { secret: pulumi.all([files.ref, allowed.urn]).apply(([secret]) => secret) };
  }

  follow(name: string, args: FollowArgs, opts: pulumi.CustomResourceOptions): pulumi.Resource {
    return new k8s.apiextensions.CustomResource(
      name,
      {
        apiVersion: "image.openshift.io/v1",
        kind: "ImageStream",
        metadata: { name: args.stream, namespace: args.site.namespace, labels: siteLabels(args.site) },
        spec: {
          // Lets a pod name the stream's tag where an image goes.
          lookupPolicy: { local: true },
          tags: [
            {
              name: args.tag,
              from: { kind: "DockerImage", name: args.source },
              importPolicy: { scheduled: args.scheduled },
            },
          ],
        },
      },
      opts,
    );
  }
}

/** What cert-manager's support for Routes reads, which writes the certificate into the Route. */
function issuedBy(issuer: string): Record<string, string> {
  return { "cert-manager.io/issuer-kind": "ClusterIssuer", "cert-manager.io/issuer-name": issuer };
}
