import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { live } from "../../support/live";
import { template } from "../../support/template";

describe("waiting", () => {
  const test = live();

  const within = (program: string): string => `
    const namespace = new k8s.core.v1.Namespace("namespace", {
      metadata: { name: "${test().namespace}", labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
    }, opts()).metadata.name;
    const labels = { component: "web" };
    ${program}`;
  const deployment = (more: string, annotations = "{}", options = ""): string =>
    within(`new k8s.apps.v1.Deployment("web", {
      metadata: { name: "web", namespace, annotations: ${annotations} },
      spec: { selector: { matchLabels: labels }, template: ${template("labels", more)} },
    }, opts({ ${options} }));`);
  const unschedulable = `nodeSelector: { nowhere: "yes" },`;

  it("gives up when its time is over, says why, and goes on at the next update", async () => {
    const { stack } = test();
    stack.write(deployment(unschedulable, `{ "pulumi.com/timeoutSeconds": "6" }`));
    const { code, output } = await stack.run("up", "--yes", "--skip-preview");
    assert.notEqual(code, 0, output);
    assert.match(output, /Deployment .*\/web is not ready after 6 s: 0 of 1 pods are ready/);
    assert.match(output, /pod web-.*: Unschedulable: 0\/\d+ nodes are available/);
    // Told while waiting, not only at the end.
    assert.match(output, /web creating.*0 of 1 pods are ready: pod web-.*Unschedulable/);
    assert.match(stack.resource("web").initErrors?.[0] ?? "", /is not ready after 6 s/);

    stack.write(deployment("", `{ "pulumi.com/timeoutSeconds": "60" }`));
    assert.match(await stack.up(), /web updated/);
    assert.equal(stack.resource("web").initErrors, undefined);
  });

  it("heeds custom time-outs, and what a refresh finds unwell is waited for again", async () => {
    const { stack } = test();
    stack.write(deployment(unschedulable, "{}", `customTimeouts: { update: "2s" }`));
    const { output } = await stack.run("up", "--yes", "--skip-preview");
    assert.match(output, /is not ready after 2 s/);
    const refreshed = await stack.run("refresh", "--yes", "--skip-preview");
    assert.equal(refreshed.code, 0, refreshed.output);
    assert.match(
      refreshed.output,
      // The new pod has no place, and the old one stays for it.
      /Refreshed resource is in an unhealthy state:\n.*is not ready: (?:0 of 1 pods are up to date|1 old pods have not ended yet)/,
    );
    const again = await stack.run("up", "--yes", "--skip-preview");
    assert.match(again.output, /is not ready after 2 s/);
  });

  it("is left out where an annotation says so", async () => {
    const { stack } = test();
    stack.write(deployment(unschedulable, `{ "pulumi.com/skipAwait": "true" }`));
    assert.match(await stack.up(), /web updated/);
  });

  it("tells what keeps pods from being made: Pod Security, quotas", async () => {
    const { stack } = test();
    const open = template("labels").replace("runAsNonRoot: true", "runAsNonRoot: false");
    stack.write(
      within(`
      const quota = new k8s.core.v1.ResourceQuota("quota", { metadata: { name: "quota", namespace }, spec: { hard: { "requests.memory": "512Mi" } } }, opts());
      const patience = { customTimeouts: { create: "9s", update: "9s" } };
      new k8s.apps.v1.Deployment("web", {
        metadata: { name: "web", namespace }, spec: { selector: { matchLabels: labels }, template: ${open} },
      }, opts({ ...patience, dependsOn: quota }));
      new k8s.apps.v1.StatefulSet("big", {
        metadata: { name: "big", namespace },
        spec: { serviceName: "big", selector: { matchLabels: labels }, template: ${template("labels")} },
      }, opts({ ...patience, dependsOn: quota }));`),
    );
    const { output } = await stack.run("up", "--yes", "--skip-preview");
    assert.match(output, /FailedCreate: pods "web-.*" is forbidden: violates PodSecurity "restricted/);
    assert.match(output, /StatefulSet .*\/big is not ready after 9 s/);
    assert.match(output, /event: FailedCreate: .*big-0.*exceeded quota: quota/);
  });

  it("sees a Job fail, and says how", async () => {
    const { stack } = test();
    stack.write(
      within(`new k8s.batch.v1.Job("job", {
        metadata: { name: "job", namespace },
        spec: { activeDeadlineSeconds: 1, template: ${template("labels", `restartPolicy: "Never", ${unschedulable}`)} },
      }, opts());`),
    );
    const { code, output } = await stack.run("up", "--yes", "--skip-preview");
    assert.notEqual(code, 0);
    assert.match(output, /Job .*\/job is not ready: it failed: DeadlineExceeded/);
  });

  it("follows what an annotation names", async () => {
    const { stack, edit } = test();
    stack.write(
      within(`new k8s.core.v1.ConfigMap("config", {
        metadata: { name: "config", namespace, annotations: { "pulumi.com/waitFor": "jsonpath={.data.done}=yes" } },
      }, opts());`),
    );
    const up = stack.run("up", "--yes", "--skip-preview");
    while ((await test().get("v1", "configmaps", "config")) === undefined) await sleep(100);
    await edit("v1", "configmaps", "config", "kubectl", { data: { done: "yes" } });
    const { code, output } = await up;
    assert.equal(code, 0, output);
    assert.match(output, /its data\.done is not set/);
  });

  it("for a claim is for its volume, unless that comes with the first pod", async () => {
    const { stack } = test();
    const claim = (storage: string): string => `new k8s.core.v1.PersistentVolumeClaim("claim-${storage}", {
      metadata: { name: "claim-${storage}", namespace },
      spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } }, storageClassName: ${storage} },
    }, opts({ customTimeouts: { create: "5s" } }));`;
    stack.write(
      within(`
      const late = new k8s.storage.v1.StorageClass("late", {
        metadata: { name: namespace.apply((name) => name + "-late") }, provisioner: "none", volumeBindingMode: "WaitForFirstConsumer" }, opts()).metadata.name;
      const never = "nowhere", usual = undefined;
      ${claim("late")} ${claim("never")} ${claim("usual")}`),
    );
    const { output } = await stack.run("up", "--yes", "--skip-preview");
    assert.match(output, /claim-late created/);
    assert.match(output, /claim-usual created/);
    assert.match(
      output,
      /PersistentVolumeClaim .*\/claim-never is not ready after 5 s: no volume is bound to it\n.*storageclass.* "nowhere" not found/i,
    );
  });

  it("ends at once when the update is cancelled", async () => {
    const { stack } = test();
    stack.write(deployment(unschedulable));
    const command = stack.start("up", "--yes", "--skip-preview");
    await command.says("0 of 1 pods are ready");
    const asked = Date.now();
    command.child.kill("SIGINT");
    await command.ended;
    assert.ok(Date.now() - asked < 10_000);
    assert.match(command.output(), /the update was cancelled while 0 of 1 pods are ready/);
    await stack.run("cancel", "--yes");
  });

  it("for a deletion says what holds the object", async () => {
    const { stack, edit, get } = test();
    const program = (config: string): string => within(config);
    stack.write(
      program(
        `new k8s.core.v1.ConfigMap("config", { metadata: { name: "config", namespace } }, opts({ customTimeouts: { delete: "3s" } }));`,
      ),
    );
    await stack.up();
    await edit("v1", "configmaps", "config", "somebody", { metadata: { finalizers: ["example.com/hold"] } });
    stack.write(program(""));
    const { code, output } = await stack.run("up", "--yes", "--skip-preview");
    assert.notEqual(code, 0);
    assert.match(
      output,
      /ConfigMap .*\/config is still there after 3 s: deleting: held by example\.com\/hold/,
    );
    await edit("v1", "configmaps", "config", "somebody", { metadata: { finalizers: null } });
    assert.match(await stack.up(), /config deleted/);
    assert.equal(await get("v1", "configmaps", "config"), undefined);
  });
});
