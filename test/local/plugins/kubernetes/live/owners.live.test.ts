import assert from "node:assert/strict";
import { live } from "../../support/live";
import { template } from "../../support/template";

describe("an object that others change too", () => {
  const test = live();

  const program = (replicas: number, image: string, options = "", annotations = "{}"): string => `
    const namespace = new k8s.core.v1.Namespace("namespace", { metadata: { name: "${test().namespace}" } }, opts()).metadata.name;
    const labels = { component: "web" }, template = ${template("labels")};
    template.spec.containers[0].image = "${image}";
    new k8s.apps.v1.Deployment("web", {
      metadata: { name: "web", namespace, annotations: ${annotations} },
      spec: { replicas: ${replicas}, selector: { matchLabels: labels }, template },
    }, opts({ ${options} }));`;

  const setImage = async (image: string): Promise<void> => {
    const { api, namespace } = test();
    const container = { name: "web", image };
    // As OpenShift's trigger does it: it owns this one field from then on.
    const body = {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "web" },
      spec: { template: { spec: { containers: [container] } } },
    };
    await api.patch(
      `/apis/apps/v1/namespaces/${namespace}/deployments/web`,
      "apply",
      "openshift-image-trigger",
      body,
    );
  };
  const web = async () => {
    const found = (await test().get("apps/v1", "deployments", "web")) as unknown as {
      spec: { replicas: number; template: { spec: { containers: { image: string }[] } } };
    };
    return { replicas: found.spec.replicas, image: found.spec.template.spec.containers[0]?.image };
  };

  const ignoring = `ignoreChanges: ["spec.template.spec.containers[0].image"]`;

  it("keeps an ignored image that a trigger has set (D32)", async () => {
    const { stack } = test();
    stack.write(program(1, "nginx:1", ignoring));
    await stack.up();
    await setImage("nginx@sha256:feed");
    stack.write(program(2, "nginx:1", ignoring));
    await stack.up();
    assert.deepEqual(await web(), { replicas: 2, image: "nginx@sha256:feed" });
    // The trigger goes on owning it, and a refresh changes nothing about that.
    await setImage("nginx@sha256:cafe");
    assert.match(await stack.up("--refresh"), /4 unchanged/);
    stack.write(program(1, "nginx:2", ignoring));
    await stack.up();
    assert.deepEqual(await web(), { replicas: 1, image: "nginx@sha256:cafe" });
  });

  it("is not taken from its other manager: preview and up name both, the field and the way out", async () => {
    const { stack, namespace, edit } = test();
    await edit("apps/v1", "deployments", "web", "kubectl-scale", { spec: { replicas: 3 } });
    stack.write(program(2, "nginx:2", ignoring));
    for (const { code, output } of [
      await stack.preview(),
      await stack.run("up", "--yes", "--skip-preview"),
    ]) {
      assert.notEqual(code, 0);
      assert.match(
        output,
        new RegExp(`Deployment ${namespace}/web: the program sets fields that another field manager owns`),
      );
      assert.match(output, /spec\.replicas belongs to "kubectl-scale"/);
      assert.match(
        output,
        /applies as "pulumi-kubernetes\/dev-pr-\d+\/[0-9a-f]{8}".*ignoreChanges.*patchForce: "true"/s,
      );
    }
    assert.equal((await web()).replicas, 3);
  });

  it("is taken where an annotation says so", async () => {
    const { stack } = test();
    stack.write(program(2, "nginx:2", ignoring, `{ "pulumi.com/patchForce": "true" }`));
    await stack.up();
    assert.deepEqual(await web(), { replicas: 2, image: "nginx@sha256:cafe" });
  });

  it("that was deleted by hand is made again by up --refresh, and by a change", async () => {
    const { stack, remove, get } = test();
    await remove("apps/v1", "deployments", "web");
    assert.match(await stack.up("--refresh"), /web created/);
    await remove("apps/v1", "deployments", "web");
    stack.write(program(1, "nginx:3"));
    await stack.up();
    assert.deepEqual(await web(), { replicas: 1, image: "nginx:3" });
    await remove("apps/v1", "deployments", "web");
    await stack.destroy();
    assert.equal(await get("v1", "namespaces", test().namespace), undefined);
  });
});

describe("an object that is there already", () => {
  const test = live();

  const program = (name: string, options = "", data = "a"): string => `
    const namespace = new k8s.core.v1.Namespace("namespace", { metadata: { name: "${test().namespace}" } }, opts({ protect: false })).metadata.name;
    new k8s.core.v1.ConfigMap("${name}", { metadata: { name: "config", namespace }, data: { value: "${data}" } }, opts({ ${options} }));`;

  it("is refused with the ways to take it over, in preview and up", async () => {
    const { stack, api, namespace } = test();
    stack.write(program("config").replace(/new k8s.core.v1.ConfigMap.*/s, ""));
    await stack.up();
    await api.create(`/api/v1/namespaces/${namespace}/configmaps`, {
      metadata: { name: "config" },
      data: { value: "theirs", other: "x" },
    });
    stack.write(program("config"));
    for (const { code, output } of [
      await stack.preview(),
      await stack.run("up", "--yes", "--skip-preview"),
    ]) {
      assert.notEqual(code, 0);
      assert.match(output, /ConfigMap .*\/config is there already, and this resource has not made it/);
      assert.match(output, new RegExp(`import: "${namespace}/config"`));
    }
  });

  it("is imported with what it has, and then only changed where the program differs", async () => {
    const { stack, namespace, get } = test();
    stack.write(program("config", `import: "${namespace}/config"`, "theirs"));
    const output = await stack.up();
    assert.match(output, /config importing|config imported/);
    assert.match(await stack.up(), /4 unchanged/);
    stack.write(program("config", `import: "${namespace}/config"`, "ours"));
    const { output: conflict } = await stack.preview();
    assert.match(conflict, /data\.value belongs to/);
    stack.write(
      program("config", "", "ours").replace(
        '{ name: "config",',
        `{ annotations: { "pulumi.com/patchForce": "true" }, name: "config",`,
      ),
    );
    await stack.up();
    const found = (await get("v1", "configmaps", "config")) as unknown as { data: object };
    assert.deepEqual(found.data, { value: "ours", other: "x" });
  });

  it("is not lost to a resource that was given another name without an alias", async () => {
    const { stack, get } = test();
    stack.write(program("renamed", "", "ours"));
    const { code, output } = await stack.run("up", "--yes", "--skip-preview");
    assert.notEqual(code, 0);
    assert.match(output, /is there already, and this resource has not made it/);
    assert.ok((await get("v1", "configmaps", "config")) !== undefined);
    stack.write(program("renamed", `aliases: [{ name: "config" }]`, "ours"));
    await stack.up();
  });

  it("is gone on with when this very resource has made it and the engine has forgotten it", async () => {
    const { stack, get } = test();
    await stack.destroy();
    stack.write(program("config", "", "1"));
    await stack.up();
    const before = await get("v1", "configmaps", "config");
    stack.forgetState();
    stack.write(program("config", "", "2"));
    assert.match(await stack.up(), /4 created/);
    const after = (await get("v1", "configmaps", "config")) as unknown as {
      data: object;
      metadata: { uid: string };
    };
    assert.deepEqual(after.data, { value: "2" });
    assert.equal(after.metadata.uid, (before as unknown as { metadata: { uid: string } }).metadata.uid);
    await stack.destroy();
  });

  it("is taken over where the provider says so", async () => {
    const { stack, api, namespace } = test();
    await api.create("/api/v1/namespaces", { metadata: { name: namespace } });
    stack.write(
      program("config"),
      `const provider = new k8s.Provider("cluster", { ...settings, upsertExistingObjects: true }); const opts = (more) => ({ provider, ...more });`,
    );
    await stack.up();
  });
});
