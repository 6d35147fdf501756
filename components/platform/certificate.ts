import type * as pulumi from "@pulumi/pulumi";

import { SecretFiles } from "./files";
import type { Site } from "./site";

/**
 * The certificate of hosts whose TLS ends in the router: one that cert-manager's ClusterIssuer issues for each of them
 * and renews, or one for all of them, which a Secret holds ({@link Platform.certificate}).
 */
export type HostCertificate =
  | { readonly issuer: string; readonly secret?: never }
  | { readonly secret: pulumi.Output<string>; readonly issuer?: never };

/** A certificate, in PEM. */
export interface CertificateArgs {
  readonly site: Site;
  /** With its chain. */
  readonly fullchain: pulumi.Input<string>;
  readonly privkey: pulumi.Input<string>;
}

/** The Secret in which routers look for a certificate. */
export function certificateFiles(
  name: string,
  { site, fullchain, privkey }: CertificateArgs,
  opts: pulumi.CustomResourceOptions,
): SecretFiles {
  const data = { "tls.crt": fullchain, "tls.key": privkey };
  return new SecretFiles(name, { site, type: "kubernetes.io/tls", data }, opts);
}
