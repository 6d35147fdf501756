import assert from "node:assert/strict";

import { judge, mandatoryRules } from "../../../policy/findings";
import { closureFindings } from "../../support/closure";
import { deployedWithCertificate } from "./certificates";
import { type DeployedCopr, deployCopr } from "./deployed";

/** Components with hosts, and how many there are. */
const HOSTS = 4;

const SOURCES = ["acme", "given", "cluster"] as const;
const PLATFORMS = ["kubernetes", "openshift"] as const;

describe("the certificate of a Copr's hosts", () => {
  for (const platform of PLATFORMS) {
    for (const source of SOURCES) {
      it(`S16: obeys the policy on ${platform}, and refers to what is there: ${source}`, async () => {
        const { objects, stack } = await deployedWithCertificate(source, platform);
        assert.equal(objects.ofKind(platform === "openshift" ? "Route" : "Ingress").length, HOSTS);
        assert.deepEqual(closureFindings(objects), []);
        const rules = mandatoryRules("stg");
        const seen = { name: "copr-stg", resources: stack.resources };
        assert.deepEqual(
          stack.resources
            .flatMap((resource) => judge(resource, rules, seen).findings)
            .map(({ rule, where, problem }) => `${where}: ${problem} [${rule.id}]`),
          [],
        );
      });
    }
  }

  it("S16: is asked of an issuer by what cert-manager reads, and its proof of the hosts gets in", async () => {
    const openshift = await deployedWithCertificate("acme");
    for (const { body, title } of openshift.objects.ofKind("Route")) {
      assert.equal(body.metadata?.annotations?.["cert-manager.io/issuer-name"], "letsencrypt-staging", title);
      assert.equal(body.metadata?.annotations?.["cert-manager.io/issuer-kind"], "ClusterIssuer", title);
    }
    const kubernetes = await deployedWithCertificate("acme", "kubernetes");
    const secrets = kubernetes.objects.ofKind("Ingress").map(({ body }) => {
      assert.equal(
        body.metadata?.annotations?.["cert-manager.io/cluster-issuer"],
        "letsencrypt-staging",
        body.metadata?.name,
      );
      return String(body.spec.tls[0].secretName);
    });
    assert.equal(new Set(secrets).size, HOSTS, "each host has a certificate of its own");
    for (const { stack } of [openshift, kubernetes]) {
      const { podSelector, ingress, egress } = stack.object("NetworkPolicy", "acme-solvers").spec;
      assert.deepEqual(podSelector.matchLabels, { "acme.cert-manager.io/http01-solver": "true" });
      assert.deepEqual([ingress.length, ingress[0].from.length, ingress[0].ports[0].port], [1, 1, 8089]);
      assert.deepEqual(egress, []);
    }
  });

  it("S16: is where routers look for it when it is given, and its key nowhere else", async () => {
    const { input, objects, stack } = await deployedWithCertificate("given");
    const { fullchain, privkey = "" } = input.secrets.tls ?? {};
    const { data, type } = stack.object("Secret", "copr-hosts-tls");
    assert.equal(type, "kubernetes.io/tls");
    assert.deepEqual(data, { "tls.crt": inBase64(fullchain), "tls.key": inBase64(privkey) });
    for (const { body, title } of objects.ofKind("Route"))
      assert.deepEqual(body.spec.tls.externalCertificate, { name: "copr-hosts-tls" }, title);
    const others = objects.all.filter(({ kind }) => kind !== "Secret");
    assert.doesNotMatch(JSON.stringify(others.map(({ body }) => body)), /PRIVATE KEY/);
    const { rules } = stack.object("Role", "copr-hosts-tls") as unknown as { rules: unknown };
    assert.deepEqual(rules, [
      {
        apiGroups: [""],
        resources: ["secrets"],
        resourceNames: ["copr-hosts-tls"],
        verbs: ["get", "list", "watch"],
      },
    ]);
    const { subjects } = stack.object("RoleBinding", "copr-hosts-tls") as unknown as { subjects: unknown };
    assert.deepEqual(subjects, [{ kind: "ServiceAccount", namespace: "openshift-ingress", name: "router" }]);
  });

  it("S16: comes before the Routes that the API server would refuse without it", async () => {
    const { stack } = await deployedWithCertificate("given");
    const order = stack.resources.map(({ inputs, name }) => `${String(inputs.kind)} ${name}`);
    const binding = order.indexOf("RoleBinding copr-hosts-tls");
    for (const route of order.filter((title) => title.startsWith("Route ")))
      assert.ok(binding >= 0 && binding < order.indexOf(route), order.join());
  });

  it("is made up in development for all hosts, and read by no account", async () => {
    const { objects, stack } = await deployCopr("copr-dev");
    const { inputs } = stack.resources.find(({ type }) => type.endsWith(":SelfSignedCert")) ?? {};
    const hosts = objects.ofKind("Ingress").map(({ body }) => {
      assert.equal(body.spec.tls[0].secretName, "copr-hosts-tls");
      return String(body.spec.rules[0].host);
    });
    assert.ok(hosts.length >= 3, hosts.join());
    const covered = (inputs?.dnsNames ?? []) as readonly string[];
    assert.deepEqual(
      hosts.filter((host) => !covered.includes(host)),
      [],
    );
    assert.equal(objects.find("Role", "copr-dev", "copr-hosts-tls"), undefined);
  });

  it("is the router's own where the settings say so", async () => {
    const made: readonly DeployedCopr[] = [
      await deployedWithCertificate("cluster"),
      await deployedWithCertificate("cluster", "kubernetes"),
    ];
    for (const { objects, stack } of made) {
      assert.doesNotMatch(JSON.stringify(objects.all.map(({ body }) => body)), /cert-manager|copr-hosts-tls/);
      assert.ok(!stack.resources.some(({ type }) => type.endsWith(":SelfSignedCert")));
    }
  });
});

function inBase64(text = ""): string {
  return Buffer.from(text).toString("base64");
}
