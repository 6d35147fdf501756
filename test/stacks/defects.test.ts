import assert from "node:assert/strict";

import { deployed, STACKS, type DeployedStack } from "./deployed";
import { findingAbout, load } from "./settings/loading";

/** Maps whose keys are names that somebody chose, and may have dots. */
const FREE_NAMES = new Set(["annotations", "data", "hard", "labels", "limits", "matchLabels", "requests"]);

describe("the old deployment's defects, in every stack", () => {
  const stacks: DeployedStack[] = [];

  before(async () => {
    for (const name of STACKS) stacks.push(await deployed(name));
  });

  it("D02: no field's name is a path, which would be an unknown field", () => {
    const paths = stacks.flatMap(({ objects }) =>
      objects.all.flatMap(({ title, body }) => dottedFields(body).map((field) => `${title}: ${field}`)),
    );
    assert.deepEqual(paths, []);
  });

  it("D09: every container of a workload says when it is ready and that it lives", () => {
    const without = stacks.flatMap(({ objects }) =>
      workloads(objects).flatMap(({ owner, containers }) =>
        containers
          .filter(({ readinessProbe, livenessProbe }) => (readinessProbe && livenessProbe) === undefined)
          .map(({ name = "" }) => `${owner.title}, container ${name}`),
      ),
    );
    assert.deepEqual(without, []);
  });

  it("D24: no pods but those of workers, and of tasks that ask the cluster, get a token, and none run as default", () => {
    for (const { objects } of stacks) {
      for (const { owner, spec } of objects.pods) {
        assert.notEqual(spec.serviceAccountName ?? "default", "default", owner.title);
        if (owner.kind === "Deployment") assert.equal(spec.automountServiceAccountToken, false, owner.title);
      }
    }
  });

  it("D42, D43, D44: a deployment waits for all pods of every workload to be ready", () => {
    for (const { objects } of stacks) {
      for (const { owner } of workloads(objects)) {
        assert.equal(owner.annotations["pulumi.com/skipAwait"], undefined, owner.title);
      }
    }
  });

  it("D48: no other name of a namespace makes its data deletable", () => {
    const renamed = load("prod", { values: { namespace: "packit--dev" }, local: true });
    assert.equal(renamed.namespace, "packit--dev");
    assert.equal(renamed.durable, true);
    // And what may be deleted is never called like what may not.
    const impostor = { values: { namespace: "packit--prod" } };
    assert.match(findingAbout("packit:namespace", "dev", impostor).problem, /belongs to prod/);
  });

  it("D47: everything goes to the one cluster that the settings name", () => {
    for (const { stack } of stacks) {
      const clusters = stack.resources.filter(({ type }) => type === "pulumi:providers:kubernetes");
      assert.equal(clusters.length, 1);
      const objects = stack.resources.filter(({ type }) => type.startsWith("kubernetes:"));
      const [provider, ...others] = new Set(objects.map((object) => object.provider));
      assert.deepEqual(others, []);
      assert.match(provider ?? "", /::cluster::/);
    }
  });
});

function workloads(objects: DeployedStack["objects"]): DeployedStack["objects"]["pods"] {
  return objects.pods.filter(({ owner }) => ["Deployment", "StatefulSet"].includes(owner.kind));
}

/** Fields whose names have dots, each with where it stands. */
function dottedFields(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    const here = `${path}/${name}`;
    if (FREE_NAMES.has(name)) return [];
    return [...(name.includes(".") ? [here] : []), ...dottedFields(inner, here)];
  });
}
