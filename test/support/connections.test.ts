import assert from "node:assert/strict";

import { KubernetesPlatform } from "../../components/platform/kubernetes";
import { OpenShiftPlatform } from "../../components/platform/openshift";
import { openConnections } from "./connections";
import { Example } from "./example";
import { ClusterObjects } from "./objects";

/** A web server that two policies may guard, and a client. */
function example(ingress?: readonly object[], egress?: readonly object[]): Example {
  const objects = new Example();
  for (const component of ["client", "web"]) {
    const containers = [{ name: component, ports: [{ name: "https", containerPort: 8443 }] }];
    objects.add("apps/v1", "Deployment", component, {
      spec: { template: { metadata: { labels: { component } }, spec: { containers } } },
    });
  }
  const policy = (component: string, spec: object): void => {
    const podSelector = { matchLabels: { component } };
    objects.add("networking.k8s.io/v1", "NetworkPolicy", component, { spec: { podSelector, ...spec } });
  };
  policy("client", {
    policyTypes: ["Ingress"],
    ...(egress && { policyTypes: ["Ingress", "Egress"], egress }),
  });
  if (ingress !== undefined) policy("web", { ingress });
  return objects;
}

function connections(objects: Example): string[] {
  const open = openConnections(new ClusterObjects(objects.registered()));
  return open.map(({ from, to, port }) => `${from} -> ${to} ${port}`);
}

const client = { podSelector: { matchLabels: { component: "client" } } };
const https = { protocol: "TCP", port: 8443 };

describe("the connections that NetworkPolicies open", () => {
  it("are all, where there is none", () => {
    assert.deepEqual(connections(example()), [
      "client -> web any",
      "elsewhere -> web any",
      "router -> web any",
      "web -> web any",
    ]);
  });

  it("are none, where one admits nobody", () => {
    assert.deepEqual(connections(example([])), []);
  });

  it("are those that one admits, and not from pods of the same labels in another namespace", () => {
    assert.deepEqual(connections(example([{ from: [client], ports: [https] }])), ["client -> web 8443"]);
  });

  it("add up over several policies", () => {
    const objects = example([{ from: [client], ports: [https] }]);
    const second = { podSelector: {}, ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 9000 }] }] };
    objects.add("networking.k8s.io/v1", "NetworkPolicy", "second", { spec: second });
    assert.deepEqual(
      connections(objects).filter((line) => line.includes("-> web")),
      ["client -> web 8443", "client -> web 9000", "web -> web 9000"],
    );
  });

  it("take a port by its name, and all ports where none is named", () => {
    assert.deepEqual(connections(example([{ from: [client], ports: [{ port: "https" }] }])), [
      "client -> web 8443",
    ]);
    assert.deepEqual(connections(example([{ from: [client] }])), ["client -> web any"]);
  });

  it("are open to everybody where a rule names no peers", () => {
    assert.deepEqual(connections(example([{ ports: [https] }])), [
      "client -> web 8443",
      "elsewhere -> web 8443",
      "router -> web 8443",
      "web -> web 8443",
    ]);
  });

  for (const platform of [new KubernetesPlatform(), new OpenShiftPlatform()]) {
    it(`know the router of ${platform.kind}`, () => {
      assert.deepEqual(connections(example([{ from: [platform.router], ports: [https] }])), [
        "router -> web 8443",
      ]);
    });
  }

  it("show a selector of namespaces that takes those of others too", () => {
    const from = [{ namespaceSelector: {}, ...client }];
    assert.deepEqual(connections(example([{ from, ports: [https] }])), [
      "client -> web 8443",
      "elsewhere -> web 8443",
    ]);
  });

  it("show blocks of addresses", () => {
    const from = [{ ipBlock: { cidr: "192.0.2.0/24" } }];
    assert.deepEqual(connections(example([{ from, ports: [https] }])), ["192.0.2.0/24 -> web 8443"]);
  });

  it("need the consent of both sides", () => {
    const both = [{ from: [client], ports: [https, { port: 9000 }] }];
    const web = { podSelector: { matchLabels: { component: "web" } } };
    assert.deepEqual(connections(example(both, [{ to: [web], ports: [https] }])), ["client -> web 8443"]);
    assert.deepEqual(connections(example(both, [])), []);
  });

  it("reach into a namespace where others make the pods, unless it is closed", () => {
    const objects = example([]);
    const sandbox = "packit-dev-sandbox";
    objects.add("v1", "PersistentVolumeClaim", "cache", {}, sandbox);
    assert.deepEqual(connections(objects).length, 5);
    objects.add("networking.k8s.io/v1", "NetworkPolicy", "sandbox", { spec: { podSelector: {} } }, sandbox);
    assert.deepEqual(connections(objects), []);
  });
});
