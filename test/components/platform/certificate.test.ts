import assert from "node:assert/strict";

import { KubernetesPlatform } from "../../../components/platform/kubernetes";
import { MppPlatform } from "../../../components/platform/mpp";
import { OpenShiftPlatform } from "../../../components/platform/openshift";
import type { ExposeArgs, Platform } from "../../../components/platform/platform";
import type { Site } from "../../../components/platform/site";
import { runMocked, type Stack } from "../../support/mocks";

const PLATFORMS: readonly Platform[] = [
  new KubernetesPlatform(),
  new OpenShiftPlatform(),
  new MppPlatform({ tenant: "packit", appcode: "PCKT-002", servicePhase: "preprod", costCenter: "700" }),
];

/** A host on a platform, with a certificate that is kept in a Secret or asked of an issuer. */
function exposed(
  platform: Platform,
  tls: NonNullable<ExposeArgs["tls"]>,
  from: "issuer" | "secret" | "router",
): Promise<Stack> {
  const site: Site = { platform, namespace: "copr", instance: "copr-stg", durable: false };
  return runMocked(() => {
    const certificate =
      from === "issuer"
        ? { issuer: "letsencrypt" }
        : from === "secret"
          ? platform.certificate("hosts", { site, fullchain: "chain", privkey: "key" }, {})
          : undefined;
    const own = { ...site, ...(certificate && { certificate }) };
    const port = { name: "http", number: 5000 };
    platform.expose("web", { site: own, host: "web.example.org", tls, service: "web", port }, {});
  });
}

/** What makes the host reachable. */
function door(stack: Stack, { kind }: Platform): string {
  return JSON.stringify(stack.object(kind === "kubernetes" ? "Ingress" : "Route", "web"));
}

describe("the certificate of a host whose TLS ends in the router", () => {
  for (const platform of PLATFORMS) {
    it(`S16: comes from a Secret on ${platform.kind}`, async () => {
      const stack = await exposed(platform, "edge", "secret");
      const { data, metadata, type } = stack.object("Secret", "hosts");
      assert.deepEqual([type, Object.keys(data)], ["kubernetes.io/tls", ["tls.crt", "tls.key"]]);
      assert.equal(metadata.namespace, "copr");
      const reference = platform.kind === "kubernetes" ? '"secretName":"hosts"' : '{"name":"hosts"}';
      assert.ok(door(stack, platform).includes(reference));
      assert.doesNotMatch(door(stack, platform), /cert-manager/);
    });

    it(`S16: comes from an issuer on ${platform.kind}, with no Secret of the stack`, async () => {
      const stack = await exposed(platform, "edge", "issuer");
      assert.deepEqual(stack.objects("Secret"), []);
      assert.match(door(stack, platform), /"cert-manager\.io\/(?:cluster-issuer|issuer-name)":"letsencrypt"/);
      assert.doesNotMatch(door(stack, platform), /externalCertificate/);
    });

    it(`is the router's own on ${platform.kind} where there is none`, async () => {
      const found = door(await exposed(platform, "edge", "router"), platform);
      assert.doesNotMatch(found, /cert-manager|secretName|externalCertificate/);
    });

    it(`is no business of a host on ${platform.kind} whose TLS ends in the pod`, async () => {
      for (const from of ["issuer", "secret"] as const) {
        const found = door(await exposed(platform, "passthrough", from), platform);
        assert.doesNotMatch(found, /cert-manager|secretName|externalCertificate/);
        assert.match(found, /passthrough/);
      }
    });
  }
});
