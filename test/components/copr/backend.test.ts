import assert from "node:assert/strict";

import { CoprBackend } from "../../../components/copr/backend";
import { resultsVolume } from "../../../components/copr/results-volume";
import { runMocked, type KubernetesObject, type Stack } from "../../support/mocks";
import { containerOf, data, image, pathsOf, resources, secret, site } from "./fixtures";

function deploy(manyNodes = false): Promise<Stack> {
  return runMocked(
    () =>
      new CoprBackend("copr-backend", {
        site,
        image,
        config: secret("copr-backend-config", { "copr-be.conf": "" }),
        builderKey: secret("copr-builder-key", { id: "s3cret" }),
        builderNetworks: ["10.1.0.0/16"],
        results: resultsVolume("copr-backend-results", { site, storage: "100Gi", manyNodes }, {}),
        redisHost: "redis",
        resallocHost: "resalloc",
        data,
        drainSeconds: 7200,
        resources: { builds: resources, actions: resources },
        schedules: { prune: "7 3 * * *", analyze: "27 5 * * 0" },
        programs: { schedule: { "main.py": "main" }, forget: { "main.py": "forget" } },
        after: [],
      }),
  );
}

describe("CoprBackend", () => {
  let stack: Stack;
  let deployment: KubernetesObject;
  before(async () => {
    stack = await deploy();
    deployment = stack.object("Deployment", "copr-backend");
  });

  it("C14: its containers see each other's processes and have one folder of locks", () => {
    assert.equal(deployment.spec.template.spec.shareProcessNamespace, true);
    for (const name of ["builds", "actions", "housekeeping"])
      assert.ok(pathsOf(containerOf(deployment, name)).includes("/var/lock/copr-backend"));
  });

  it("C14, C29: deletes superseded results from within its pod, where locks are known", () => {
    const [argument] = containerOf(deployment, "housekeeping").args;
    const [task] = JSON.parse(argument);
    assert.equal(task.schedule, "7 3 * * *");
    for (const script of ["copr_prune_results.py", "copr_prune_srpms.py"])
      assert.ok(task.command.at(-1).includes(`/usr/bin/${script} || failed=1`), script);
  });

  it("counts results by schedule, on their node, without a way to the keys", () => {
    const cron = stack.object("CronJob", "copr-analyze-results");
    assert.equal(cron.spec.schedule, "27 5 * * 0");
    const pod = cron.spec.jobTemplate.spec.template;
    assert.equal(pod.metadata.labels["packit.dev/shares-volume"], "copr-backend-results");
    assert.match(containerOf(cron, "copr-analyze-results").command.at(-1), /copr-backend-analyze-results\n/);
    assert.deepEqual(stack.object("NetworkPolicy", "copr-analyze-results").spec.egress, []);
  });

  it("C15, C16: forgets workers, locks and tickets of those before, ahead of its dispatchers", () => {
    const [first] = deployment.spec.template.spec.initContainers;
    const store = "/usr/bin/python3 -B /forget/main.py --store redis:6379";
    assert.equal(first.command.join(" "), `${store} --keys copr:lock:*`);
    const command = (name: string): string => containerOf(deployment, name).command.join(" ");
    const dispatcher = "-- /usr/bin/copr-run-dispatcher-backend";
    assert.equal(
      command("actions"),
      `/usr/bin/tini -s -- ${store} --keys action_worker:* ${dispatcher} actions`,
    );
    // Whoever had a builder is gone with the container.
    const leftovers = "--keys rpm_build_worker:* --resalloc http://resalloc:49100";
    assert.equal(command("builds"), `/usr/bin/tini -s -- ${store} ${leftovers} ${dispatcher} builds`);
    for (const name of [first.name as string, "actions", "builds"])
      assert.ok(pathsOf(containerOf(deployment, name)).includes("/forget"), name);
    assert.deepEqual(deployment.spec.strategy, { type: "Recreate" });
  });

  it("C16: lets builds finish within the time it is given", () => {
    assert.equal(deployment.spec.template.spec.terminationGracePeriodSeconds, 7200);
    const { command } = containerOf(deployment, "builds").lifecycle.preStop.exec;
    assert.deepEqual(command.slice(-2), ["Build dispatcher", "[c]opr-backend-process-build"]);
  });

  it("B5: looks for each dispatcher by its title", () => {
    const title = (name: string): string => containerOf(deployment, name).livenessProbe.exec.command.at(-1);
    assert.deepEqual([title("builds"), title("actions")], ["^Build dispatcher", "^Action dispatcher"]);
  });

  it("C13: is on the node of its volume where that has to be, and anywhere otherwise", async () => {
    const { spec, metadata } = deployment.spec.template;
    const [term] = spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution;
    assert.deepEqual(term.labelSelector.matchLabels, { "packit.dev/shares-volume": "copr-backend-results" });
    assert.equal(metadata.labels["packit.dev/shares-volume"], "copr-backend-results");
    const many = await deploy(true);
    assert.equal("affinity" in many.object("Deployment", "copr-backend").spec.template.spec, false);
    assert.deepEqual(many.object("PersistentVolumeClaim", "copr-backend-results").spec.accessModes, [
      "ReadWriteMany",
    ]);
  });

  it("B18, C27: signs and logs in to builders without rights, with a home that it can write to", () => {
    const sign = stack.object("ConfigMap", "copr-backend-sign").data["sign.conf"];
    assert.match(sign, /^server: copr-keygen$/m);
    assert.match(sign, /^allowuser: 987$/m);
    assert.match(
      stack.object("ConfigMap", "copr-backend-ssh").data.config,
      /IdentityFile.*\/etc\/copr-builders\/id/,
    );
    assert.ok(pathsOf(containerOf(deployment, "builds")).includes("/home/copr"));
    assert.equal(pathsOf(containerOf(deployment, "actions")).includes("/etc/copr-builders"), false);
  });

  it("S1: nobody connects to it, and it logs in to builders in their networks alone", () => {
    const { ingress, egress } = stack.object("NetworkPolicy", "copr-backend").spec;
    assert.deepEqual(ingress, []);
    const ssh = egress.find((rule: KubernetesObject) => rule.ports[0].port === 22);
    assert.deepEqual(ssh.to, [{ ipBlock: { cidr: "10.1.0.0/16" } }]);
  });
});
