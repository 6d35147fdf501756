import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { CertificateArgs, HostCertificate } from "./certificate";
import type { Site } from "./site";

/** Port of every Service that is reachable from outside. */
export const HTTPS_SERVICE_PORT = 443;

/** The kinds of cluster that the stacks run on. */
export type PlatformKind = "kubernetes" | "openshift" | "mpp";

/** A namespace as the platform makes it. */
export interface NamespaceArgs {
  /** Name of the stack it belongs to. */
  readonly instance: string;
  /** Protected against deletion, with all that is in it. */
  readonly durable: boolean;
  /** Pod Security level that the API server enforces on pods of our own making. */
  readonly podSecurity: "restricted" | "baseline";
  /** How long a test instance lives, for example `48h`, or `never`. @default for as long as somebody wants it */
  readonly ttl?: string;
  /** Why a test instance without an end stays. */
  readonly keep?: string;
}

/** A namespace that can be used. */
export interface MadeNamespace {
  readonly name: pulumi.Output<string>;
  /** When the API server made it, as an RFC 3339 time in UTC. */
  readonly createdAt: pulumi.Output<string>;
}

/** A Service's port made reachable from outside under a host name. */
export interface ExposeArgs {
  readonly site: Site;
  /** Public host name. */
  readonly host: string;
  /**
   * Where TLS ends: `passthrough` in the pod, whose certificate must cover the host, `edge` in the router, with the
   * site's certificate. @default "passthrough"
   */
  readonly tls?: "passthrough" | "edge";
  readonly service: pulumi.Input<string>;
  /** The Service's port. A Route takes its name; an Ingress takes names of 15 characters at most, so its number. */
  readonly port: { readonly name: string; readonly number: number };
}

/** An image tag that the cluster follows by itself. */
export interface FollowArgs {
  readonly site: Site;
  /** Name of the stream. */
  readonly stream: string;
  /** Tag within the stream, for example `stg`. */
  readonly tag: string;
  /** Where it comes from, for example `quay.io/packit/packit-worker:stg`. */
  readonly source: string;
  /** Import new images on the platform's schedule. Off: only when told to. */
  readonly scheduled: boolean;
}

/** What differs between clusters. Components ask it and never test the kind themselves. */
export interface Platform {
  readonly kind: PlatformKind;
  /** Labels that every object carries on this platform. */
  readonly labels: Readonly<Record<string, string>>;
  /** StorageClass of claims; absent: the cluster's default. */
  readonly storageClass: string | undefined;
  /** Annotations that every claim and claim template carries on this platform. */
  readonly claimAnnotations: Readonly<Record<string, string>>;
  /** Labels of claim templates: those that running StatefulSets have, since nothing in a template can change (D22). */
  readonly claimTemplateLabels: Readonly<Record<string, string>>;
  /** PriorityClass of pods; absent: the cluster's default. */
  readonly priorityClass: string | undefined;
  /** Whether image tags can be followed ({@link Platform.follow}). */
  readonly followsImages: boolean;
  /** Whether the cluster adds a security context to pods that have none, as OpenShift does. */
  readonly securesPods: boolean;
  /** Pod-level identity: OpenShift assigns the UID, plain Kubernetes has to be told. */
  readonly podIdentity: Readonly<k8s.types.input.core.v1.PodSecurityContext>;
  /** Peer from which requests from outside reach the pods. */
  readonly router: Readonly<k8s.types.input.networking.v1.NetworkPolicyPeer>;
  /** Makes a namespace, or whatever makes one here. */
  namespace(name: string, args: NamespaceArgs, opts: pulumi.CustomResourceOptions): MadeNamespace;
  /**
   * Makes a Service reachable under a public host.
   *
   * @param name - Of the component that is behind it, and of what makes it reachable.
   */
  expose(name: string, args: ExposeArgs, opts: pulumi.CustomResourceOptions): void;
  /** Keeps a certificate where the router finds it. */
  certificate(name: string, args: CertificateArgs, opts: pulumi.CustomResourceOptions): HostCertificate;
  /** Follows an image tag. @throws Error when the platform cannot. */
  follow(name: string, args: FollowArgs, opts: pulumi.CustomResourceOptions): pulumi.Resource;
}

/** What the settings say of a platform. */
export interface PlatformOptions {
  readonly storageClass?: string;
  readonly priorityClass?: string;
  readonly labels?: Readonly<Record<string, string>>;
}
