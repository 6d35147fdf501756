import assert from "node:assert/strict";

import {
  RepositoryCacheFiller,
  type RepositoryCacheFillerArgs,
} from "../../../components/packit/repository-cache-filler";
import { runMocked, type KubernetesObject, type Stack } from "../../support/mocks";
import { containerOf, resources, site } from "./fixtures";

const NAME = "repository-cache-filler";
const KERNEL = "https://src.fedoraproject.org/rpms/kernel";

function deploy(overrides: Partial<RepositoryCacheFillerArgs> = {}): Promise<Stack> {
  return runMocked(
    () =>
      new RepositoryCacheFiller(NAME, {
        site,
        image: { reference: "packit-worker:stg", trigger: { stream: "packit-worker", tag: "stg" } },
        repositories: [KERNEL, "https://src.fedoraproject.org/rpms/glibc.git"],
        volumes: [
          { pod: "packit-worker-long-running-0", claim: "cache-0", held: true },
          { pod: "packit-worker-long-running-1", claim: "cache-1", held: false },
        ],
        deadlineSeconds: 3600,
        resources,
        ...overrides,
      }),
  );
}

/** The Job of a pod's volume. */
function job(stack: Stack, ordinal: number): KubernetesObject {
  return stack.object("Job", `${NAME}-packit-worker-long-running-${ordinal}`);
}

describe("RepositoryCacheFiller", () => {
  it("D23: fills each volume with a Job of its own", async () => {
    const stack = await deploy();
    for (const ordinal of [0, 1]) {
      const { volumes } = job(stack, ordinal).spec.template.spec;
      const claims = volumes.flatMap(
        ({ persistentVolumeClaim }: KubernetesObject) => persistentVolumeClaim ?? [],
      );
      assert.deepEqual(claims, [{ claimName: `cache-${ordinal}` }]);
      const { command, args } = containerOf(job(stack, ordinal));
      assert.deepEqual(
        [...command, ...args],
        ["/bin/sh", "/filler/fill.sh", "/repository-cache", "/filler/repositories"],
      );
    }
    assert.equal(
      stack.object("ConfigMap", NAME).data.repositories,
      `kernel ${KERNEL}\nglibc https://src.fedoraproject.org/rpms/glibc.git\n`,
    );
  });

  it("runs on the node of the pod that has the volume, which no other node can have as well", async () => {
    const stack = await deploy();
    const [term] = job(stack, 0).spec.template.spec.affinity.podAffinity
      .requiredDuringSchedulingIgnoredDuringExecution;
    assert.equal(term.topologyKey, "kubernetes.io/hostname");
    assert.deepEqual(term.labelSelector.matchLabels, {
      "statefulset.kubernetes.io/pod-name": "packit-worker-long-running-0",
    });
    assert.equal(job(stack, 1).spec.template.spec.affinity, undefined);
  });

  it("D23: becomes new Jobs when the list changes, and only then", async () => {
    const template = async (repositories: string[]): Promise<string> =>
      JSON.stringify(job(await deploy({ repositories }), 0).spec.template);
    assert.equal(await template([KERNEL]), await template([KERNEL]));
    assert.notEqual(await template([KERNEL]), await template([]));
  });

  it("ends in time, is tried again, and holds up no deployment", async () => {
    const { metadata, spec } = job(await deploy(), 0);
    assert.equal(spec.activeDeadlineSeconds, 3600);
    assert.equal(spec.backoffLimit, 2);
    assert.equal(spec.template.spec.restartPolicy, "Never");
    assert.equal(metadata.annotations?.["pulumi.com/skipAwait"], "true");
  });

  it("D32: is not made anew because the cluster put the stream's image in its place", async () => {
    const name = `${NAME}-packit-worker-long-running-0`;
    assert.deepEqual((await deploy()).resource("Job", name).ignoreChanges, [
      "spec.template.spec.containers[0].image",
    ]);
    const pinned = await deploy({ image: { reference: "quay.io/packit/packit-worker@sha256:1" } });
    assert.deepEqual(pinned.resource("Job", name).ignoreChanges, []);
  });

  it("D64: has an account without a token, and nobody connects", async () => {
    const stack = await deploy();
    assert.equal(stack.objects("ServiceAccount").length, 1);
    assert.equal(job(stack, 0).spec.template.spec.automountServiceAccountToken, false);
    assert.equal(containerOf(job(stack, 0)).securityContext.readOnlyRootFilesystem, true);
    const { podSelector, ingress } = stack.object("NetworkPolicy", NAME).spec;
    assert.deepEqual(ingress, []);
    assert.deepEqual(podSelector.matchLabels, { component: NAME });
  });
});
