import assert from "node:assert/strict";

import type { WorkerKind } from "../../../../components/packit/worker-kinds";
import { containerOf } from "../fixtures";
import { deploy, KINDS, NAMES, statefulSet } from "./deploy";

describe("the pods of a worker", () => {
  it("gives its pods a token for the API server only where they call the sandbox", async () => {
    const token = async (callsSandbox: boolean): Promise<unknown> =>
      (await statefulSet("short-running", { callsSandbox })).spec.template.spec.automountServiceAccountToken;
    assert.equal(await token(true), true);
    assert.equal(await token(false), false);
  });

  it("D04: every kind has the Service that names its pods", async () => {
    for (const kind of KINDS) {
      const stack = await deploy(kind);
      const { serviceName } = stack.object("StatefulSet", NAMES[kind]).spec;
      const { clusterIP, selector } = stack.object("Service", serviceName).spec;
      assert.equal(clusterIP, "None");
      assert.deepEqual(selector, { component: NAMES[kind] });
    }
  });

  it("D09: every kind has probes", async () => {
    for (const kind of KINDS) {
      const { readinessProbe, livenessProbe, startupProbe } = containerOf(await statefulSet(kind));
      for (const probe of [readinessProbe, livenessProbe, startupProbe]) assert.ok(probe.exec.command);
    }
  });

  it("D13: has the time to finish its longest task", async () => {
    const grace = async (kind: WorkerKind, graceSeconds?: number): Promise<number> => {
      const set = await statefulSet(kind, graceSeconds === undefined ? undefined : { graceSeconds });
      return set.spec.template.spec.terminationGracePeriodSeconds;
    };
    assert.equal(await grace("short-running"), 930);
    assert.equal(await grace("long-running"), 3630);
    assert.equal(await grace("all"), 3630);
    assert.equal(await grace("all", 60), 60);
    // And whoever deploys waits for it: one pod after the other.
    const { updateTimeout } = (await deploy("all", { replicas: 2 })).resource("StatefulSet", "packit-worker");
    assert.equal(updateTimeout, "8460s");
  });

  it("D14: an outage of the broker restarts no worker, and no worker is asked about the others", async () => {
    for (const kind of KINDS) {
      const { readinessProbe, livenessProbe, startupProbe } = containerOf(await statefulSet(kind));
      for (const probe of [livenessProbe, startupProbe]) {
        assert.doesNotMatch(probe.exec.command.join(" "), /redis|inspect|celery status|-A/i);
      }
      assert.match(readinessProbe.exec.command.at(-1), /inspect ping .*--destination "celery@/);
      assert.ok(livenessProbe.periodSeconds * (livenessProbe.failureThreshold ?? 3) <= 60);
    }
  });

  it("D33: makes neither the image's stream nor the tools' configuration, which all kinds share", async () => {
    const stack = await deploy("all");
    assert.deepEqual(stack.objects("ImageStream"), []);
    const names = stack.objects("ConfigMap").map((object) => object.metadata.name);
    assert.deepEqual(names.sort(), ["git-config", "osh-config"]);
  });

  it("D56: one that cannot start holds the rollout up, and the others work on", async () => {
    for (const kind of KINDS) {
      const set = await statefulSet(kind, { replicas: 2 });
      const { podManagementPolicy, updateStrategy } = set.spec;
      assert.deepEqual([podManagementPolicy, updateStrategy.type], ["OrderedReady", "RollingUpdate"]);
      // Ready is who answers, so a start script that fails for want of host keys never is.
      assert.match(containerOf(set).readinessProbe.exec.command.at(-1), /celery inspect ping/);
      const { periodSeconds, failureThreshold } = containerOf(set).startupProbe;
      assert.ok(periodSeconds * failureThreshold >= 300, "less than five minutes for the downloads");
    }
  });

  it("D64: nobody connects to a worker", async () => {
    for (const kind of KINDS) {
      assert.deepEqual((await deploy(kind)).object("NetworkPolicy", NAMES[kind]).spec.ingress, []);
    }
  });
});
