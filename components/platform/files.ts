import { createHash } from "node:crypto";

import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { siteLabels, type Site } from "./site";

/** A set of files, or of values for environment variables, that pods read. */
export interface Files {
  readonly kind: "configMap" | "secret";
  /** Name of the object. */
  readonly name: string;
  /** The object's name as an output, so that a reader waits for it. */
  readonly ref: pulumi.Output<string>;
  /** Digest of the content. A reader carries it on its pods, so that a change restarts them (D11). */
  readonly checksum: pulumi.Output<string>;
}

export interface FilesArgs {
  readonly site: Site;
  /** Content by file name. */
  readonly data: Readonly<Record<string, pulumi.Input<string>>>;
}

export interface SecretFilesArgs extends FilesArgs {
  /** Content that is not text, in base64, by file name. */
  readonly binary?: Readonly<Record<string, pulumi.Input<string>>>;
  /** What Kubernetes takes the content for. @default "Opaque" */
  readonly type?: "Opaque" | "kubernetes.io/tls";
}

/** A ConfigMap: files that are not secret. */
export class ConfigFiles implements Files {
  readonly kind = "configMap";
  readonly ref: pulumi.Output<string>;
  readonly checksum: pulumi.Output<string>;

  constructor(
    readonly name: string,
    args: FilesArgs,
    opts: pulumi.CustomResourceOptions,
  ) {
    const object = new k8s.core.v1.ConfigMap(
      name,
      { metadata: { name, namespace: args.site.namespace, labels: siteLabels(args.site) }, data: args.data },
      opts,
    );
    this.ref = object.metadata.name;
    this.checksum = digest(args.data);
  }
}

/** A Secret that serves one purpose (D25), mounted only by those who need it. */
export class SecretFiles implements Files {
  readonly kind = "secret";
  readonly ref: pulumi.Output<string>;
  readonly checksum: pulumi.Output<string>;

  constructor(
    readonly name: string,
    args: SecretFilesArgs,
    opts: pulumi.CustomResourceOptions,
  ) {
    const text = pulumi
      .output(args.data)
      .apply((data) =>
        Object.fromEntries(Object.entries(data).map(([key, value]) => [key, toBase64(value)])),
      );
    const object = new k8s.core.v1.Secret(
      name,
      {
        metadata: { name, namespace: args.site.namespace, labels: siteLabels(args.site) },
        type: args.type ?? "Opaque",
        data: pulumi.secret(pulumi.all([text, args.binary ?? {}]).apply(([a, b]) => ({ ...a, ...b }))),
      },
      opts,
    );
    this.ref = object.metadata.name;
    // A digest of strong secrets says nothing about them; marked secret, it would hide every change of the pods.
    this.checksum = pulumi.unsecret(digest({ ...args.data, ...args.binary }));
  }
}

/** Digest over digests, the same for any order of `files`. */
export function combinedChecksum(files: readonly Files[]): pulumi.Output<string> {
  return digest(Object.fromEntries(files.map((file) => [`${file.kind}/${file.name}`, file.checksum])));
}

function digest(data: Readonly<Record<string, pulumi.Input<string>>>): pulumi.Output<string> {
  return pulumi.output(data).apply((content) => {
    const entries = Object.entries(content).sort(([a], [b]) => (a < b ? -1 : 1));
    return createHash("sha256").update(JSON.stringify(entries)).digest("hex").slice(0, 32);
  });
}

function toBase64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}
