import * as z from "zod";

import { siteSettings } from "../../schema/site";
import { host, objectName } from "../../schema/values";

const { cluster, labels, namespace, namespaceExists, owner, priorityClass, storageClass } = siteSettings;

/** Where a Copr goes, and under which names. */
export const coprSite = {
  platform: z
    .enum(["kubernetes", "openshift"])
    .meta({ description: "Kind of cluster: how hosts are exposed and namespaces made." }),
  cluster: cluster.meta({
    description:
      "The cluster. Without it the stack goes to the local control plane, which only `copr-dev` may do by itself.",
  }),
  instance: objectName.exactOptional().meta({
    description:
      "Name of this Copr where several of one stack share a cluster or an account of AWS: namespace, hosts, builders and their tag come from it. Begins with the stack's name, which it is by default.",
    example: "copr-dev-mine",
  }),
  namespace: namespace.meta({ description: "Namespace, in place of the instance's name." }),
  namespaceExists: namespaceExists.meta({
    description:
      "Whether somebody else has made the namespace and keeps it: it is then read and neither changed nor deleted. Never on the local control plane. Default: false.",
  }),
  domain: host.exactOptional().meta({
    description: "Host of the frontend, below which the other hosts are. Default: `<instance>.packit.dev`.",
    example: "copr.example.org",
  }),
  hosts: z
    .strictObject({
      frontend: host.exactOptional().meta({ description: "Web pages and API.", example: "copr.example.org" }),
      results: host
        .exactOptional()
        .meta({ description: "Built packages.", example: "results.copr.example.org" }),
      distGit: host
        .exactOptional()
        .meta({ description: "Sources of the builds.", example: "dist-git.copr.example.org" }),
      resalloc: host
        .exactOptional()
        .meta({ description: "Resalloc's pages.", example: "resalloc.copr.example.org" }),
    })
    .meta({ description: "Public hosts, in place of those that `domain` gives." }),
  certificates: z
    .strictObject({
      source: z.enum(["acme", "given", "cluster", "made"]).meta({
        description:
          "Where the certificate of the hosts comes from. `acme`: an issuer of cert-manager, such as Let's Encrypt; `given`: the secret `tls`; `cluster`: the router's own, which has to cover them; `made`: the stack makes one that no browser trusts.",
      }),
      issuer: objectName.meta({
        description: "ClusterIssuer of cert-manager. Only for `acme`.",
        example: "letsencrypt-production",
      }),
    })
    .meta({ description: "Certificates: nothing is served in clear text (S16)." }),
  storageClass: storageClass.meta({
    description: "StorageClass of all claims; the cluster's default without.",
  }),
  priorityClass,
  labels,
  owner,
};
