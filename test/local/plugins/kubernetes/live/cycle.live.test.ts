import assert from "node:assert/strict";
import { live } from "../../support/live";
import { template } from "../../support/template";

describe("a stack on the stand-ins", () => {
  const test = live();

  const program = (setting: string): string => `
    const namespace = new k8s.core.v1.Namespace("namespace", { metadata: { name: "${test().namespace}" } }, opts()).metadata.name;
    const password = new random.RandomPassword("password", { length: 20 });
    const key = new tls.PrivateKey("key", { algorithm: "ED25519" });
    const secret = new k8s.core.v1.Secret("secret", {
      metadata: { name: "database", namespace },
      stringData: { password: password.result, key: key.privateKeyPem, plain: "only-for-pods" },
    }, opts());
    const config = new k8s.core.v1.ConfigMap("config", { metadata: { name: "config", namespace }, data: { setting: "${setting}" } }, opts());
    const labels = { component: "web" };
    const template = ${template("labels")};
    template.metadata.annotations = { checksum: pulumi.all([config.data, password.result]).apply((all) => JSON.stringify(all).length + all[0].setting) };
    const web = new k8s.apps.v1.Deployment("web", {
      metadata: { name: "web", namespace },
      spec: { replicas: 2, selector: { matchLabels: labels }, template },
    }, opts());
    const database = new k8s.apps.v1.StatefulSet("database", {
      metadata: { name: "database", namespace },
      spec: {
        serviceName: "database", selector: { matchLabels: { component: "database" } }, template: ${template('{ component: "database" }')},
        volumeClaimTemplates: [{ metadata: { name: "data" }, spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } } }],
      },
    }, opts());
    new k8s.core.v1.PersistentVolumeClaim("claim", {
      metadata: { name: "claim", namespace },
      spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1024Mi" } } },
    }, opts());
    const node = new k8s.apps.v1.DaemonSet("node", {
      metadata: { name: "node", namespace },
      spec: { selector: { matchLabels: { component: "node" } }, template: ${template('{ component: "node" }')} },
    }, opts());
    const job = new k8s.batch.v1.Job("job", {
      metadata: { name: "job", namespace }, spec: { template: ${template('{ component: "job" }', 'restartPolicy: "Never",')} },
    }, opts());
    const service = new k8s.core.v1.Service("web", { metadata: { name: "web", namespace }, spec: { selector: labels, ports: [{ port: 80 }] } }, opts());
    const route = new k8s.apiextensions.CustomResource("route", {
      apiVersion: "route.openshift.io/v1", kind: "Route", metadata: { name: "web", namespace },
      spec: { host: "web.example.com", to: { kind: "Service", name: service.metadata.name } },
    }, opts());
    module.exports = {
      ip: service.spec.clusterIP, ready: web.status.readyReplicas, uid: web.metadata.uid, done: job.status.succeeded,
      stateful: database.status.readyReplicas, nodes: node.status.numberReady, password: password.result, data: secret.data,
    };
  `;

  it("shows in the first preview all that will be made, and nothing is made", async () => {
    const { stack, namespace, get } = test();
    stack.write(program("one"));
    const { code, output } = await stack.preview();
    assert.equal(code, 0, output);
    assert.match(output, /\+ 14 to create/);
    assert.equal(await get("v1", "namespaces", namespace), undefined);
  });

  it("brings everything up and ready, with what the API server filled in", async () => {
    const { stack } = test();
    const output = await stack.up();
    assert.match(output, /\+ 14 created/);
    assert.match(output, /of 2 pods are|its controller has not seen it yet/);
    assert.match(stack.output("ip") as string, /^\d+\.\d+\.\d+\.\d+$/);
    assert.match(stack.output("uid") as string, /^[0-9a-f-]{36}$/);
    const counts = ["ready", "stateful", "nodes", "done"].map((name) => stack.output(name));
    assert.deepEqual(counts, [2, 1, 1, 1]);
  });

  it("keeps secrets secret in the state, also where the API server repeats them", () => {
    const { stack } = test();
    const password = stack.output("password") as string;
    const text = stack.stateText();
    for (const value of [password, "only-for-pods"]) {
      assert.ok(!text.includes(value) && !text.includes(Buffer.from(value).toString("base64")), value);
    }
    assert.ok(!text.includes("PRIVATE KEY") && !text.includes("managedFields"));
    const data = stack.output("data") as Record<string, string>;
    assert.equal(Buffer.from(data.password ?? "", "base64").toString(), password);
  });

  it("finds nothing to change, also after a refresh", async () => {
    const { stack } = test();
    const { code, output } = await stack.preview("--refresh", "--expect-no-changes");
    assert.equal(code, 0, output);
    assert.match(await stack.up(), /14 unchanged/);
  });

  it("changes what a setting changes, and waits for the new pods", async () => {
    const { stack, get } = test();
    stack.write(program("two"));
    assert.match(await stack.up(), /~ 2 updated\n.*12 unchanged/);
    const web = (await get("apps/v1", "deployments", "web")) as unknown as { status: Record<string, number> };
    assert.deepEqual(
      [web.status.observedGeneration, web.status.updatedReplicas, web.status.replicas],
      [2, 2, 2],
    );
  });

  it("removes a Secret's value that is taken out of the program", async () => {
    const { stack, get } = test();
    stack.write(program("two").replace(', plain: "only-for-pods"', ""));
    assert.match(await stack.up(), /~ 1 updated/);
    const secret = (await get("v1", "secrets", "database")) as unknown as { data: Record<string, string> };
    assert.deepEqual(Object.keys(secret.data).sort(), ["key", "password"]);
  });

  it("destroys everything and waits until it is gone", async () => {
    const { stack, namespace, get } = test();
    await stack.destroy();
    assert.equal(await get("v1", "namespaces", namespace), undefined);
  });
});
