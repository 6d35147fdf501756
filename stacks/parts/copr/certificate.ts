import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { HostCertificate } from "../../../components/platform/certificate";
import { siteLabels, type Site } from "../../../components/platform/site";
import type { GeneratedName } from "../../settings/copr/generated";
import type { CoprInput } from "../../settings/copr/load";
import { whole } from "../given";
import { MadeUp } from "../made-up";

/** Labels of the pods by which cert-manager shows that it has a host, and their port. */
const SOLVER = { labels: { "acme.cert-manager.io/http01-solver": "true" }, port: 8089 };

const NAME = "copr-hosts-tls";

/** The certificate of a Copr's hosts, from where the settings say (S16); undefined: the router's own. */
export function hostCertificate(
  site: Site,
  { settings, secrets }: CoprInput,
  opts: pulumi.CustomResourceOptions,
): HostCertificate | undefined {
  const { certificates, hosts } = settings;
  const { platform } = site;
  switch (certificates.source) {
    case "cluster":
      return undefined;
    case "acme":
      admitSolvers(site, opts);
      return { issuer: certificates.issuer };
    case "given": {
      const given = whole(secrets.tls, "fullchain", "privkey");
      if (given === undefined) throw new Error("the hosts' certificate is given: set secrets.tls");
      return platform.certificate(NAME, { site, ...given }, opts);
    }
    case "made": {
      const name: GeneratedName = "hosts-certificate";
      const made = new MadeUp(opts).certificate(name, Object.values(hosts), "Copr");
      return platform.certificate(NAME, { site, ...made }, opts);
    }
  }
}

/** The issuer may ask a host for proof by HTTP: the namespace is closed, and so would be the pods that answer. */
function admitSolvers({ namespace, ...site }: Site, opts: pulumi.CustomResourceOptions): void {
  const name = "acme-solvers";
  new k8s.networking.v1.NetworkPolicy(
    name,
    {
      metadata: { name, namespace, labels: siteLabels(site) },
      spec: {
        podSelector: { matchLabels: SOLVER.labels },
        policyTypes: ["Ingress", "Egress"],
        ingress: [{ from: [site.platform.router], ports: [{ protocol: "TCP", port: SOLVER.port }] }],
        egress: [],
      },
    },
    opts,
  );
}
