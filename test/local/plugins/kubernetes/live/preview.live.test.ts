import assert from "node:assert/strict";
import { live } from "../../support/live";
import { template } from "../../support/template";

describe("a bad field stops the first preview", () => {
  const test = live();

  const deployment = (spec: string, name = "web"): string => `
    const namespace = new k8s.core.v1.Namespace("namespace", { metadata: { name: "${test().namespace}" } }, opts()).metadata.name;
    const labels = { component: "web" }, template = ${template("labels")};
    const [container] = template.spec.containers;
    new k8s.apps.v1.Deployment("${name}", { metadata: { name: "web", namespace }, spec: ${spec} }, opts());
  `;
  const refused = async (program: string, ...words: readonly RegExp[]): Promise<void> => {
    const { stack, namespace, get } = test();
    stack.write(program);
    const { code, output } = await stack.preview();
    assert.notEqual(code, 0, output);
    for (const word of words) assert.match(output, word);
    assert.equal(await get("v1", "namespaces", namespace), undefined);
  };

  it("when it is unknown, all of them at once, with object and path", async () => {
    const spec =
      "{ replicsa: 1, stratgey: {}, selector: { matchLabels: labels }, template: { ...template, sepc: 1 } }";
    const object = `Deployment ${test().namespace}/web:`;
    await refused(
      deployment(spec),
      new RegExp(object),
      /spec\.replicsa: there is no such field/,
      /spec\.stratgey: there is no such field/,
      /spec\.template\.sepc: there is no such field/,
    );
  });

  it("when its type is wrong", async () => {
    const spec = `{ replicas: "many", selector: { matchLabels: labels }, template }`;
    await refused(deployment(spec), /spec\.replicas: must be a number, got string/);
  });

  it("when it is no quantity", async () => {
    const spec = `{ selector: { matchLabels: labels }, template: (container.resources.limits.memory = "lots", template) }`;
    await refused(deployment(spec), /containers\[0\]\.resources\.limits\.memory: "lots" is no quantity/);
  });

  it("when it does not fit another one, or is none of what it may be", async () => {
    const spec = `{ selector: { matchLabels: { component: "other" } }, template: (container.imagePullPolicy = "Seldom", template) }`;
    await refused(
      deployment(spec),
      /`selector` does not match template `labels`/,
      /imagePullPolicy: Unsupported value: "Seldom"/,
    );
  });

  it("in a custom resource", async () => {
    const route = `new k8s.apiextensions.CustomResource("route", {
      apiVersion: "route.openshift.io/v1", kind: "Route", metadata: { name: "web", namespace },
      spec: { hots: "x", to: { kind: "Service", name: "web" } },
    }, opts());`;
    const good = deployment("{ selector: { matchLabels: labels }, template }");
    await refused(good + route, /Route .*\/web: spec\.hots: there is no such field/);
  });

  it("also where other parts are not known yet", async () => {
    const spec = `{ replicsa: 1, selector: { matchLabels: labels }, template: (
      template.metadata.annotations = { sum: new random.RandomId("id", { byteLength: 4 }).hex }, template) }`;
    await refused(deployment(spec), /spec\.replicsa: there is no such field/);
  });

  it("is passed by what is only not known yet", async () => {
    const { stack } = test();
    stack.write(`
      const id = new random.RandomId("id", { byteLength: 4 }).hex, namespace = "default";
      const labels = { component: id }, template = ${template("labels")}, [container] = template.spec.containers;
      container.image = pulumi.interpolate\`nginx:\${id}\`;
      container.env = [{ name: id, value: id }, { name: "B", valueFrom: { secretKeyRef: { name: id, key: id } } }];
      template.spec.volumes = [{ name: "v", secret: { secretName: id } }, id.apply((name) => ({ name, emptyDir: {} }))];
      container.volumeMounts = [{ name: "v", mountPath: pulumi.interpolate\`/\${id}\` }];
      const web = new k8s.apps.v1.Deployment(id.apply === undefined ? "" : "web", {
        metadata: { name: pulumi.interpolate\`web-\${id}\`, namespace },
        spec: { selector: { matchLabels: labels }, template },
      }, opts());
      new k8s.core.v1.Secret("secret", { metadata: { namespace, name: "s" }, data: id.apply((key) => ({ [key]: "MQ==" })) }, opts());
      new k8s.core.v1.Service("service", { metadata: { namespace: id }, spec: { selector: labels, ports: [{ port: 80 }] } }, opts());
      module.exports = { uid: web.metadata.uid };
    `);
    const { code, output } = await stack.preview();
    assert.equal(code, 0, output);
    assert.match(output, /uid: \[unknown\]/);
  });

  it("in a change of what is there", async () => {
    const { stack } = test();
    stack.write(deployment("{ replicas: 0, selector: { matchLabels: labels }, template }"));
    await stack.up();
    stack.write(deployment("{ replicas: -1, selector: { matchLabels: labels }, template }"));
    const { code, output } = await stack.preview();
    assert.notEqual(code, 0);
    assert.match(output, /spec\.replicas: Invalid value: -1: must be greater than or equal to 0/);
  });
});

describe("a preview", () => {
  const test = live();

  const refused = async (resource: string, words: RegExp): Promise<void> => {
    const { stack } = test();
    stack.write(resource);
    const { code, output } = await stack.preview();
    assert.notEqual(code, 0, output);
    assert.match(output, words);
  };

  it("refuses what the stand-in does not do, and says so", async () => {
    await refused(
      `new k8s.helm.v3.Release("chart", { chart: "x" }, opts());`,
      /the stand-in for the kubernetes plugin has no kubernetes:helm\.sh\/v3:Release/,
    );
    await refused(
      `new k8s.core.v1.ConfigMapPatch("patch", { metadata: { name: "x" } }, opts());`,
      /has no kubernetes:core\/v1:ConfigMapPatch: it makes single whole objects; use ConfigMap,/,
    );
    await refused(
      `pulumi.runtime.invoke("kubernetes:yaml:decode", { text: "" }, { provider });`,
      /has no function kubernetes:yaml:decode; install the official plugin/,
    );
  });

  it("refuses unknown settings of the provider", async () => {
    await refused(
      `new pulumi.ProviderResource("kubernetes", "other", { ...settings, namspace: "x" });`,
      /unknown property "namspace": did you mean "namespace"\?/,
    );
  });

  it("warns of a kind that the API server does not serve, and up says what to do", async () => {
    const { stack } = test();
    stack.write(`new k8s.apiextensions.CustomResource("x", {
      apiVersion: "route.openshift.io/v1", kind: "Ruote", metadata: { name: "x", namespace: "default" } }, opts());`);
    const { code, output } = await stack.preview();
    assert.equal(code, 0, output);
    assert.match(output, /does not serve the kind Ruote of route\.openshift\.io\/v1; did you mean Route/);
    const up = await stack.run("up", "--yes", "--skip-preview");
    assert.notEqual(up.code, 0);
    assert.match(up.output, /error: the API server does not serve the kind Ruote/);
  });

  it("of random and tls values refuses unknown inputs", async () => {
    const loose = (type: string, inputs: string): string =>
      `new pulumi.CustomResource("${type}", "x", ${inputs}, { version: require("@pulumi/${type.split(":")[0] ?? ""}/package.json").version });`;
    await refused(
      loose("random:index/randomId:RandomId", `{ byteLenght: 3 }`),
      /unknown property "byteLenght": did you mean "byteLength"\?/,
    );
    await refused(
      loose("tls:index/privateKey:PrivateKey", `{ algorithm: "RSB" }`),
      /"algorithm" may not hold "RSB"; allowed are "RSA", "ECDSA", "ED25519"/,
    );
  });
});
