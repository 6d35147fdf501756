import assert from "node:assert/strict";
import { live } from "../../support/live";
import { template } from "../../support/template";

describe("a replacement", () => {
  const test = live();

  const program = (component: string, secretType: string, storage: string): string => `
    const namespace = new k8s.core.v1.Namespace("namespace", { metadata: { name: "${test().namespace}" } }, opts()).metadata.name;
    const labels = { component: "${component}" };
    new k8s.apps.v1.Deployment("web", {
      metadata: { name: "web", namespace }, spec: { selector: { matchLabels: labels }, template: ${template("labels")} },
    }, opts());
    new k8s.core.v1.Secret("secret", { metadata: { namespace }, type: "${secretType}", stringData: { a: "b" } }, opts());
    new k8s.core.v1.PersistentVolumeClaim("claim", {
      metadata: { name: "claim", namespace },
      spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "${storage}" } } },
    }, opts());`;

  interface Step {
    readonly op: string;
    readonly urn: string;
  }

  const steps = async (): Promise<Record<string, string[]>> => {
    const { code, output } = await test().stack.preview("--json", "--show-replacement-steps");
    assert.equal(code, 0, output);
    const { steps: all } = JSON.parse(output.slice(output.indexOf("{\n"))) as { steps: Step[] };
    const byName: Record<string, string[]> = {};
    for (const { op, urn } of all) (byName[urn.split("::").at(-1) ?? ""] ??= []).push(op);
    return byName;
  };

  it("is told from an update, deletes first what has a fixed name, and passes its preview", async () => {
    const { stack, get } = test();
    stack.write(program("one", "Opaque", "1Gi"));
    await stack.up();
    const uid = async (): Promise<unknown> => (await get("apps/v1", "deployments", "web"))?.metadata.uid;
    const before = await uid();
    const secret = stack.resource("secret").id;
    stack.write(program("two", "example.com/other", "2Gi"));
    const { web, secret: other, claim } = await steps();
    assert.deepEqual(
      { web, other, claim },
      {
        web: ["delete-replaced", "replace", "create-replacement"],
        other: ["create-replacement", "replace", "delete-replaced"],
        claim: ["update"],
      },
    );
    // The claim's size is for the API server to refuse: there is no class that lets it grow.
    stack.write(program("two", "example.com/other", "1Gi"));
    await stack.up();
    assert.notEqual(await uid(), before);
    assert.notEqual(stack.resource("secret").id, secret);
  });

  it("that the API server would have needed is refused in preview, and what to do about it", async () => {
    const { stack } = test();
    const refused = async (program: string, words: RegExp): Promise<void> => {
      stack.write(program);
      const { code, output } = await stack.preview();
      assert.notEqual(code, 0);
      assert.match(output, words);
    };
    const now = program("two", "example.com/other", "1Gi");
    await refused(
      now.replace(`accessModes:`, `volumeMode: "Block", accessModes:`),
      /PersistentVolumeClaim .*\/claim:\n.*spec: Forbidden: spec is immutable.*\n.*\n.*replaceOnChanges/,
    );
    await refused(
      program("two", "example.com/other", "512Mi"),
      /claim: spec\.resources\.requests\.storage: Forbidden: field can not be less than status\.capacity/,
    );
  });
});

describe("a namespace that a controller makes", () => {
  const test = live();

  it("is there before what goes into it: Project and TenantNamespace", async () => {
    const { stack, namespace, get, api } = test();
    const tenant = `${namespace}-t`;
    stack.write(`
      const project = new k8s.apiextensions.CustomResource("project", {
        apiVersion: "project.openshift.io/v1", kind: "Project", metadata: { name: "${namespace}" },
      }, opts());
      new k8s.core.v1.ConfigMap("config", { metadata: { name: "config", namespace: project.metadata.name } }, opts());
      const home = new k8s.core.v1.Namespace("home", { metadata: { name: "${tenant}--config" } }, opts()).metadata.name;
      const made = new k8s.apiextensions.CustomResource("made", {
        apiVersion: "tenant.paas.redhat.com/v1alpha1", kind: "TenantNamespace", metadata: { name: "dev", namespace: home },
        spec: { type: "build", network: { "security-zone": "internal" } },
      }, opts());
      new k8s.core.v1.ConfigMap("inside", { metadata: { name: "config", namespace: "${tenant}--dev" } }, opts({ dependsOn: made }));
    `);
    const { code, output } = await stack.preview();
    assert.equal(code, 0, output);
    await stack.up();
    assert.ok((await get("v1", "configmaps", "config")) !== undefined);
    await api.get(`/api/v1/namespaces/${tenant}--dev/configmaps/config`);
    assert.match(await stack.up("--refresh"), /7 unchanged/);
    await stack.destroy();
    assert.equal(await get("v1", "namespaces", namespace), undefined);
    await assert.rejects(api.get(`/api/v1/namespaces/${tenant}--config`), /not found/);
  });
});

describe("names", () => {
  const test = live();

  it("are made up where the program gives none, and stay", async () => {
    const { stack, namespace } = test();
    const program = (value: string): string => `
      const namespace = new k8s.core.v1.Namespace("namespace", { metadata: { name: "${namespace}" } }, opts()).metadata.name;
      const auto = new k8s.core.v1.ConfigMap("auto", { metadata: { namespace }, data: { value: "${value}" } }, opts());
      const made = new k8s.core.v1.ConfigMap("made", { metadata: { namespace, generateName: "made-by-server-" } }, opts());
      module.exports = { auto: auto.metadata.name, made: made.metadata.name };`;
    stack.write(program("1"));
    await stack.up();
    const name = stack.output("auto") as string;
    assert.match(name, /^auto-[0-9a-f]{8}$/);
    assert.match(stack.output("made") as string, /^made-by-server-/);
    stack.write(program("2"));
    assert.match(await stack.up(), /~ 1 updated/);
    assert.equal(stack.output("auto"), name);
    assert.match(await stack.up("--refresh"), /5 unchanged/);
  });
});
