import assert from "node:assert/strict";

import type { Storage } from "../../../components/copr/config/instance";
import { CoprResults } from "../../../components/copr/results";
import { resultsVolume } from "../../../components/copr/results-volume";
import { type KubernetesObject, runMocked, type Stack } from "../../support/mocks";
import { containerOf, data, image, resources, site } from "./fixtures";

function deploy(manyNodes = false, storage: Storage = { kind: "backend" }): Promise<Stack> {
  return runMocked(
    () =>
      new CoprResults("copr-backend-httpd", {
        site,
        image,
        host: "download.copr.example.org",
        results: resultsVolume("copr-backend-results", { site, storage: "100Gi", manyNodes }, {}),
        storage,
        data: storage.kind === "pulp" ? { ...data, pulp: "copr-pulp" } : data,
        resources,
      }),
  );
}

describe("CoprResults", () => {
  let stack: Stack;
  let deployment: KubernetesObject;
  before(async () => {
    stack = await deploy();
    deployment = stack.object("Deployment", "copr-backend-httpd");
  });

  it("B28, S1: is a workload of its own, which nobody but the router and dist-git talks to, and which talks to nobody", () => {
    const { ingress, egress } = stack.object("NetworkPolicy", "copr-backend-httpd").spec;
    assert.deepEqual(ingress, [
      {
        from: [
          {
            podSelector: {
              matchExpressions: [{ key: "component", operator: "In", values: ["copr-distgit"] }],
            },
          },
          { namespaceSelector: { matchLabels: { "network.openshift.io/policy-group": "ingress" } } },
        ],
        ports: [{ protocol: "TCP", port: 8080 }],
      },
    ]);
    assert.deepEqual(egress, []);
  });

  it("C13: reads the volume and cannot write to it, on its node where that has to be", async () => {
    const mount = containerOf(deployment, "httpd").volumeMounts.find(
      ({ name }: KubernetesObject) => name === "results",
    );
    assert.deepEqual(mount, { name: "results", mountPath: "/var/lib/copr/public_html", readOnly: true });
    const [term] =
      deployment.spec.template.spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution;
    assert.deepEqual(term.labelSelector.matchLabels, { "packit.dev/shares-volume": "copr-backend-results" });
    const many = (await deploy(true)).object("Deployment", "copr-backend-httpd");
    assert.equal("affinity" in many.spec.template.spec, false);
  });

  it("C22: is ready when it can list the volume, and alive as long as it listens", () => {
    const { readinessProbe, livenessProbe } = containerOf(deployment, "httpd");
    assert.deepEqual(readinessProbe.httpGet, { path: "/", port: 8080 });
    assert.deepEqual(livenessProbe.tcpSocket, { port: 8080 });
  });

  it("S16: is reached by its public name, with TLS", () => {
    const { spec } = stack.object("Route", "copr-backend-httpd");
    assert.equal(spec.host, "download.copr.example.org");
    assert.deepEqual(spec.tls, { termination: "edge", insecureEdgeTerminationPolicy: "Redirect" });
    assert.equal(spec.port.targetPort, "copr-backend-httpd");
  });

  it("takes the backend's group, so that no mount gives its files to another one", () => {
    const { runAsUser, fsGroup } = deployment.spec.template.spec.securityContext;
    assert.deepEqual([runAsUser, fsGroup], [998, 0]);
    const lines = stack.object("ConfigMap", "copr-backend-httpd-users").data.users.split("\n");
    const nginx = lines.filter((line: string) => line.startsWith("nginx:"));
    assert.deepEqual(nginx, ["nginx:x:998:0:nginx:/var/lib/nginx:/bin/bash"]);
  });

  it("B26: asks Pulp where packages are in Pulp, and has a way to it", async () => {
    const withPulp = await deploy(false, { kind: "pulp", service: { host: "copr-pulp", port: 8080 } });
    const conf = (from: Stack): string =>
      from.object("ConfigMap", "copr-backend-httpd-config").data["nginx.conf"];
    assert.match(conf(withPulp), /proxy_pass http:\/\/copr-pulp:8080\/pulp\/content\/;/);
    assert.doesNotMatch(conf(stack), /pulp/);
    const { egress } = withPulp.object("NetworkPolicy", "copr-backend-httpd").spec;
    assert.deepEqual(
      egress.flatMap(({ ports }: KubernetesObject) => ports.map(({ port }: KubernetesObject) => port)),
      [53, 53, 5353, 5353, 8080],
    );
  });
});
