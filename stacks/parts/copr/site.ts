import * as pulumi from "@pulumi/pulumi";

import { denyByDefault } from "../../../components/platform/access";
import { existingNamespace } from "../../../components/platform/existing-namespace";
import type { Site } from "../../../components/platform/site";
import type { CoprInput } from "../../settings/copr/load";
import { platformOf } from "../cluster";
import { hostCertificate } from "./certificate";

/** A Copr's namespace. */
export interface CoprSite {
  readonly site: Site;
  /** When the namespace was made. */
  readonly createdAt: pulumi.Output<string>;
}

/**
 * Makes the namespace, and closes it before anything is in it: no pod can reach the signing keys while policies are
 * still missing (S1, S20). Everything else takes the namespace's name from here, and so waits for that.
 */
export function coprSite(input: CoprInput, opts: pulumi.CustomResourceOptions): CoprSite {
  const { settings } = input;
  const { durable, instance, namespace: wanted, namespaceExists } = settings;
  const platform = platformOf(settings);
  const made = namespaceExists
    ? existingNamespace(wanted, opts)
    : platform.namespace(wanted, { instance, durable, podSecurity: "restricted" }, opts);
  const open: Site = { platform, namespace: made.name, instance, durable };
  const closed = denyByDefault(open, opts);
  const namespace = pulumi.all([made.name, closed.urn]).apply(([name]) => name);
  const site: Site = { ...open, namespace };
  const certificate = hostCertificate(site, input, opts);
  return { site: { ...site, ...(certificate && { certificate }) }, createdAt: made.createdAt };
}
