import assert from "node:assert/strict";

import { buildConfig } from "../../../../cli/instances/images/builders/build-config";
import { OpenShiftBuilder } from "../../../../cli/instances/images/builders/openshift";
import { BuildError, type BuildStep } from "../../../../cli/instances/images/model";
import { planImages } from "../../../../cli/instances/images/plan";
import { IMAGE_BUILDER } from "../../../../stacks/settings/defaults/image-builder";
import { commit, instance, LOOKUPS, pull } from "./examples";
import { type Answers, fakeCluster, madeAt, ok } from "../../fake-cluster";

const NAMESPACE = IMAGE_BUILDER.namespace;
const BUILDS = `/apis/build.openshift.io/v1/namespaces/${NAMESPACE}`;
const STREAMS = `/apis/image.openshift.io/v1/namespaces/${NAMESPACE}`;
const DIGEST = `sha256:${"d".repeat(64)}`;
const BUILT = `image-registry.openshift-image-registry.svc:5000/${NAMESPACE}/packit-service@${DIGEST}`;

const [service] = planImages(instance([pull("packit-service", "1"), pull("ogr", "2")]), LOOKUPS);
const [repository, layer] = service?.steps as [BuildStep, BuildStep];
const CONFIG = `packit-service-${repository.tag}`;

describe("the BuildConfig of an image", () => {
  it("builds the commit, within limits and a deadline, into a tag of the stream", () => {
    const { spec } = buildConfig(repository, undefined, IMAGE_BUILDER);
    assert.deepEqual(spec.source, {
      type: "Git",
      git: { uri: "https://github.com/packit/packit-service", ref: commit("1") },
    });
    assert.deepEqual(spec.strategy.dockerStrategy, {
      dockerfilePath: "files/docker/Dockerfile",
      buildArgs: [{ name: "SOURCE_BRANCH", value: "main" }],
    });
    assert.equal(spec.completionDeadlineSeconds, 45 * 60);
    assert.deepEqual(spec.resources.limits, { cpu: "2", memory: "4Gi", "ephemeral-storage": "20Gi" });
    assert.deepEqual(spec.output, {
      to: { kind: "ImageStreamTag", name: `packit-service:${repository.tag}` },
    });
    assert.deepEqual(spec.triggers, []);
  });

  it("builds a layer from its Containerfile alone", () => {
    const { spec } = buildConfig(layer, { reference: BUILT, user: "1001" }, IMAGE_BUILDER);
    assert.equal(spec.source.type, "Dockerfile");
    assert.match(JSON.stringify(spec.source), new RegExp(`FROM ${BUILT}`));
  });

  it("pushes to the registry of the settings where there is one", () => {
    const settings = { ...IMAGE_BUILDER, registry: "quay.io/packit-test", pushSecret: "push" };
    assert.deepEqual(buildConfig(repository, undefined, settings).spec.output, {
      to: { kind: "DockerImage", name: `quay.io/packit-test/packit-service:${repository.tag}` },
      pushSecret: { name: "push" },
    });
  });
});

describe("building in OpenShift", () => {
  const build = (phase: string, rest: object = {}, name = `${CONFIG}-1`) => ({
    metadata: { name },
    status: { phase, ...rest },
  });
  const complete = build("Complete", { output: { to: { imageDigest: DIGEST } } });
  const run = async (answers: Answers) => {
    const { cluster, asked } = fakeCluster({
      [`GET /api/v1/namespaces/${NAMESPACE}`]: ok({}),
      [`GET ${BUILDS}/builds`]: ok({ items: [] }),
      [`POST ${BUILDS}/buildconfigs/${CONFIG}/instantiate`]: { status: 201, body: build("New") },
      ...answers,
    });
    const said: string[] = [];
    const onProgress = (line: string) => said.push(line);
    const end = await new OpenShiftBuilder(cluster, IMAGE_BUILDER)
      .build(repository, undefined, { onProgress, lookMs: 1 })
      .catch((error: unknown) => error);
    return { end, asked, said, calls: asked.map(({ call }) => call) };
  };

  it("makes stream and BuildConfig, starts a Build, and tidies up after a good one", async () => {
    const { end, calls, said } = await run({
      [`GET ${BUILDS}/builds/${CONFIG}-1`]: [ok(build("Pending")), ok(build("Running")), ok(complete)],
    });
    assert.equal(end, BUILT);
    assert.deepEqual(calls.filter((call) => !call.startsWith("GET")).slice(-4), [
      `POST ${STREAMS}/imagestreams`,
      `POST ${BUILDS}/buildconfigs`,
      `POST ${BUILDS}/buildconfigs/${CONFIG}/instantiate`,
      `DELETE ${BUILDS}/buildconfigs/${CONFIG}`,
    ]);
    assert.deepEqual(said.slice(1), ["packit-service: pending", "packit-service: running"]);
  });

  it("waits for a Build of the same image that runs already, even when its end is tidied away", async () => {
    const tag = { image: { metadata: { name: DIGEST } } };
    const { end, calls } = await run({
      [`GET ${BUILDS}/builds`]: ok({
        items: [build("Failed", {}, `${CONFIG}-1`), build("Running", {}, `${CONFIG}-2`)],
      }),
      [`GET ${BUILDS}/builds/${CONFIG}-2`]: [ok(build("Running")), { status: 404, body: {} }],
      [`GET ${STREAMS}/imagestreamtags/packit-service:${repository.tag}`]: ok(tag),
    });
    assert.equal(end, BUILT);
    assert.equal(calls.includes(`POST ${BUILDS}/buildconfigs/${CONFIG}/instantiate`), false);
  });

  it("shows the end of the log of a Build that fails, and leaves it to be looked at", async () => {
    const failed = build("Failed", {
      message: "Dockerfile build strategy has failed",
      logSnippet: "snippet",
    });
    const log = "step 1\nno such package\n";
    const { end, calls } = await run({
      [`GET ${BUILDS}/builds/${CONFIG}-1`]: ok(failed),
      [`GET ${BUILDS}/builds/${CONFIG}-1/log`]: ok(log),
    });
    assert.ok(end instanceof BuildError);
    assert.match(end.message, /: Dockerfile build strategy has failed\n {2}step 1\n {2}no such package$/);
    assert.equal(
      calls.some((call) => call.startsWith("DELETE")),
      false,
    );
    const gone = await run({ [`GET ${BUILDS}/builds/${CONFIG}-1`]: ok(failed) });
    assert.deepEqual((gone.end as BuildError).log, ["snippet"]);
  });

  it("asks for a Project as anybody may, and lets instances pull what is built", async () => {
    const { asked } = await run({
      [`GET /api/v1/namespaces/${NAMESPACE}`]: { status: 404, body: {} },
      [`GET ${BUILDS}/builds/${CONFIG}-1`]: ok(complete),
    });
    assert.equal(madeAt(asked, "/apis/project.openshift.io/v1/projectrequests").length, 1);
    const bindings = `/apis/rbac.authorization.k8s.io/v1/namespaces/${NAMESPACE}/rolebindings`;
    const [binding] = madeAt(asked, bindings) as [
      { roleRef: { name: string }; subjects: { name: string }[] },
    ];
    assert.equal(binding.roleRef.name, "system:image-puller");
    assert.deepEqual(
      binding.subjects.map(({ name }) => name),
      ["system:serviceaccounts"],
    );
  });

  it("knows what is there, and as whom it runs, from the streams", async () => {
    const image = { metadata: { name: DIGEST }, dockerImageMetadata: { Config: { User: "1001" } } };
    const { cluster } = fakeCluster({
      [`GET ${STREAMS}/imagestreamtags/packit-service:${repository.tag}`]: ok({ image }),
      [`GET ${STREAMS}/imagestreamimages/packit-service@${DIGEST}`]: ok({ image }),
    });
    const builder = new OpenShiftBuilder(cluster, IMAGE_BUILDER);
    assert.equal(await builder.find(repository), BUILT);
    assert.equal(await builder.find(layer), undefined);
    assert.equal(await builder.userOf(BUILT), "1001");
  });
});
