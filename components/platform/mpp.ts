import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { OpenShiftPlatform } from "./openshift";
import type { MadeNamespace, NamespaceArgs, PlatformOptions } from "./platform";

/** Label by which the platform counts what an application uses. */
const APPCODE_LABEL = "paas.redhat.com/appcode";

/** What stands between the tenant and the rest of a namespace's name. */
const SEPARATOR = "--";

/** Whose the objects are, for the platform's quota and cost reports. */
export interface Tenancy {
  /** Name of the tenant, and first part of its namespaces' names: `packit`. */
  readonly tenant: string;
  /** Code of the application, for example `PCKT-002`. */
  readonly appcode: string;
  /** How far it is from production: `lab`, `preprod` or `prod`. */
  readonly servicePhase: string;
  /** Who pays, for example `700`. */
  readonly costCenter: string;
}

/**
 * The managed OpenShift ("MP+"). A namespace is asked for with a TenantNamespace, and everything says whose it is.
 *
 * The schema of TenantNamespace is not public: what is written here is what the Ansible deployment wrote, and what the
 * platform answers is taken from how others wait for it. Neither has been verified against the platform's own sources.
 */
export class MppPlatform extends OpenShiftPlatform {
  override readonly kind = "mpp";
  /** Served by the routers that the internet reaches. */
  override readonly routeLabels = { shard: "external" };
  override readonly claimAnnotations = { "kubernetes.io/reclaimPolicy": "Delete" };
  override readonly claimTemplateLabels: Readonly<Record<string, string>>;
  readonly #tenant: string;

  constructor({ tenant, appcode, servicePhase, costCenter }: Tenancy, options: PlatformOptions = {}) {
    // One set for every kind of object. Workloads had three of these labels and other objects the fourth, some of
    // them none, so that the platform's reports were incomplete (D36).
    const labels = {
      "app-code": appcode,
      "service-phase": servicePhase,
      "cost-center": costCenter,
      [APPCODE_LABEL]: appcode,
    };
    super({ ...options, labels: { ...options.labels, ...labels } });
    this.#tenant = tenant;
    this.claimTemplateLabels = { [APPCODE_LABEL]: appcode };
  }

  /** @throws Error when the name does not begin with the tenant's, as all of its namespaces' names do. */
  override namespace(name: string, args: NamespaceArgs, opts: pulumi.CustomResourceOptions): MadeNamespace {
    const prefix = `${this.#tenant}${SEPARATOR}`;
    if (!name.startsWith(prefix)) throw new Error(`the namespace ${name} does not begin with ${prefix}`);
    const request = new k8s.apiextensions.CustomResource(
      name,
      {
        apiVersion: "tenant.paas.redhat.com/v1alpha1",
        kind: "TenantNamespace",
        metadata: {
          name: name.slice(prefix.length),
          namespace: `${this.#tenant}${SEPARATOR}config`,
          labels: this.namespaceLabels(args),
          // The namespace comes a while after the request, and what goes into it has to wait (D49).
          annotations: { ...this.namespaceAnnotations(args), "pulumi.com/waitFor": "condition=Ready" },
        },
        spec: { type: "runtime", network: { "security-zone": "internal" } },
      },
      { ...opts, protect: args.durable },
    );
    const { metadata } = request;
    return { name: pulumi.interpolate`${prefix}${metadata.name}`, createdAt: metadata.creationTimestamp };
  }
}
