import assert from "node:assert/strict";

import { JobBuilder } from "../../../../cli/instances/images/builders/job";
import { type BuildJob, jobManifest } from "../../../../cli/instances/images/builders/job-manifest";
import { RegistryStore } from "../../../../cli/instances/images/builders/registry-store";
import { BuildError, type BuildStep } from "../../../../cli/instances/images/model";
import { planImages } from "../../../../cli/instances/images/plan";
import { RegistryError } from "../../../../cli/registry/client";
import { IMAGE_BUILDER } from "../../../../stacks/settings/defaults/image-builder";
import { commit, instance, LOOKUPS, pull } from "./examples";
import { type Answers, fakeCluster, madeAt, ok } from "../../fake-cluster";

const SETTINGS = { ...IMAGE_BUILDER, registry: "quay.io/packit-test", pushSecret: "push" };
const NAMESPACE = SETTINGS.namespace;
const JOBS = `/apis/batch/v1/namespaces/${NAMESPACE}/jobs`;
const PODS = `/api/v1/namespaces/${NAMESPACE}/pods`;
const DIGEST = `sha256:${"d".repeat(64)}`;

const [service] = planImages(instance([pull("packit-service", "1"), pull("ogr", "2")]), LOOKUPS);
const [repository, layer] = service?.steps as [BuildStep, BuildStep];
const jobName = (step: BuildStep, attempt = 1) => `build-packit-service-${step.tag}-${attempt}`;

const podSpec = (job: BuildJob) => job.spec.template.spec;
const all = (job: BuildJob) => [...podSpec(job).initContainers, ...podSpec(job).containers];

describe("the Job that builds an image", () => {
  const job = jobManifest(repository, undefined, 1, SETTINGS);
  const base = { reference: `quay.io/packit-test/packit-service@${DIGEST}`, user: "1001" };
  const layered = jobManifest(layer, base, 1, SETTINGS);

  it("fetches the commit, builds and pushes, one after the other and without a shell", () => {
    assert.deepEqual(
      all(job).map(({ name, image }) => [name, image]),
      [
        ["fetch-1", SETTINGS.gitImage],
        ["fetch-2", SETTINGS.gitImage],
        ["fetch-3", SETTINGS.gitImage],
        ["build", SETTINGS.image],
        ["push", SETTINGS.image],
      ],
    );
    const words = all(job).map(({ command }) => command.join(" "));
    assert.match(words[0] ?? "", /^git clone .* -- https:\/\/github\.com\/packit\/packit-service /);
    assert.match(words[1] ?? "", /fetch .* origin refs\/pull\/614\/head$/);
    assert.match(words[2] ?? "", new RegExp(`checkout .* ${commit("1")} --$`));
    assert.match(words[3] ?? "", /^buildah .* --file=\/work\/source\/files\/docker\/Dockerfile /);
    assert.match(words[3] ?? "", / --build-arg=SOURCE_BRANCH=main /);
    assert.match(
      words[4] ?? "",
      new RegExp(` docker://quay\\.io/packit-test/packit-service:${repository.tag}$`),
    );
    for (const { command } of [...all(job), ...all(layered)]) {
      assert.ok(["git", "buildah"].includes(command[0] ?? ""), command[0]);
    }
  });

  it("shows the registry's password to the last container alone", () => {
    for (const one of [job, layered]) {
      const readers = all(one).filter(({ volumeMounts }) => volumeMounts.some(({ name }) => name === "push"));
      assert.deepEqual(
        readers.map(({ name }) => name),
        ["push"],
      );
    }
    const open = { ...IMAGE_BUILDER, registry: "quay.io/packit-test" };
    assert.doesNotMatch(JSON.stringify(jobManifest(repository, undefined, 1, open)), /secret/i);
  });

  it("runs as a user without rights, and only what makes user namespaces may have more", () => {
    const { securityContext, automountServiceAccountToken } = podSpec(job);
    assert.equal(securityContext.runAsNonRoot, true);
    assert.equal(automountServiceAccountToken, false);
    for (const { name, securityContext: context, resources } of all(job)) {
      const isBuildah = !name.startsWith("fetch");
      assert.equal(context.allowPrivilegeEscalation, isBuildah, name);
      assert.equal(context.readOnlyRootFilesystem, true, name);
      assert.deepEqual(
        context.capabilities,
        { drop: ["ALL"], ...(isBuildah && { add: ["SETUID", "SETGID"] }) },
        name,
      );
      assert.ok(
        resources.limits.memory && resources.limits.cpu && resources.limits["ephemeral-storage"],
        name,
      );
    }
  });

  it("ends at its deadline, and is not tried a second time", () => {
    assert.equal(podSpec(job).activeDeadlineSeconds, 45 * 60);
    assert.ok(job.spec.activeDeadlineSeconds > podSpec(job).activeDeadlineSeconds);
    assert.equal(job.spec.backoffLimit, 0);
  });

  it("gives a layer its Containerfile as a file, on what was built before", () => {
    const { annotations } = layered.spec.template.metadata;
    const [text] = Object.values(annotations ?? {});
    assert.match(text ?? "", new RegExp(`^FROM ${base.reference}\\n`));
    assert.match(text ?? "", /^USER 1001$/m);
    assert.deepEqual(
      all(layered).map(({ name }) => name),
      ["build", "push"],
    );
  });

  it("has names that Kubernetes takes", () => {
    const long = { ...repository, name: "packit-service-centosmsg" };
    const { name, labels } = jobManifest(long, undefined, 99, SETTINGS).metadata;
    for (const word of [name, ...Object.values(labels)]) assert.match(word, /^[a-z0-9-]{1,63}$/);
  });
});

describe("building in Jobs", () => {
  const ends = (type: string) => ({
    status: { conditions: [{ type, status: "True", message: "it failed" }] },
  });
  const jobSeen = (type?: string, attempt = 1) => ({
    metadata: { name: jobName(repository, attempt) },
    ...(type !== undefined && ends(type)),
  });
  const pushed = {
    metadata: { name: "pod-1" },
    status: {
      containerStatuses: [{ name: "push", state: { terminated: { exitCode: 0, message: `${DIGEST}\n` } } }],
    },
  };
  const run = async (answers: Answers) => {
    const { cluster, asked } = fakeCluster({
      [`GET /api/v1/namespaces/${NAMESPACE}`]: ok({}),
      [`GET ${JOBS}`]: ok({ items: [] }),
      [`GET ${PODS}`]: ok({ items: [pushed] }),
      ...answers,
    });
    const store = new RegistryStore(SETTINGS.registry, {
      lookUp: () => Promise.reject(new RegistryError("none", true)),
    });
    const said: string[] = [];
    const onProgress = (line: string) => said.push(line);
    const end = await new JobBuilder(cluster, SETTINGS, store)
      .build(repository, undefined, { onProgress, lookMs: 1 })
      .catch((error: unknown) => error);
    return { end, asked, said };
  };

  it("gives the digest that the registry had after the push, and tells what it was at", async () => {
    const building = {
      metadata: { name: "pod-1" },
      status: { initContainerStatuses: [{ name: "build", state: { running: {} } }] },
    };
    const { end, asked, said } = await run({
      [`GET ${JOBS}/${jobName(repository)}`]: [ok(jobSeen()), ok(jobSeen("Complete"))],
      [`GET ${PODS}`]: [ok({ items: [building] }), ok({ items: [pushed] })],
    });
    assert.equal(end, `quay.io/packit-test/packit-service@${DIGEST}`);
    assert.equal(madeAt(asked, JOBS).length, 1);
    assert.deepEqual(said, [
      `started Job ${jobName(repository)} in ${NAMESPACE}`,
      "packit-service: building",
    ]);
  });

  it("waits for a build of the same image that runs already", async () => {
    const running = {
      [`GET ${JOBS}/${jobName(repository)}`]: [ok(jobSeen()), ok(jobSeen("Complete"))],
      [`GET ${JOBS}`]: ok({ items: [jobSeen()] }),
    };
    const { end, asked } = await run(running);
    assert.equal(end, `quay.io/packit-test/packit-service@${DIGEST}`);
    assert.deepEqual(madeAt(asked, JOBS), []);
    // The other one was faster between looking and making.
    const raced = await run({
      ...running,
      [`GET ${JOBS}`]: [ok({ items: [] }), ok({ items: [jobSeen()] })],
      [`POST ${JOBS}`]: { status: 409, body: {} },
    });
    assert.equal(raced.end, end);
  });

  it("tries again what failed before, under another name", async () => {
    const { end, asked } = await run({
      [`GET ${JOBS}`]: ok({ items: [jobSeen("Failed", 1), jobSeen("Failed", 3)] }),
      [`GET ${JOBS}/${jobName(repository, 4)}`]: ok(jobSeen("Complete", 4)),
    });
    assert.equal(end, `quay.io/packit-test/packit-service@${DIGEST}`);
    const [made] = madeAt(asked, JOBS) as [BuildJob];
    assert.equal(made.metadata.name, jobName(repository, 4));
  });

  it("shows the last lines of the container that broke off", async () => {
    const failed = (reason?: string) => ({
      metadata: { name: "pod-1" },
      status: {
        initContainerStatuses: [
          { name: "fetch-1", state: { terminated: { exitCode: 0 } } },
          { name: "build", state: { terminated: { exitCode: 1, ...(reason !== undefined && { reason }) } } },
        ],
      },
    });
    const log = Array.from({ length: 50 }, (_, line) => `line ${line}`).join("\n\n");
    const failure = (reason?: string) =>
      run({
        [`GET ${JOBS}/${jobName(repository)}`]: ok(jobSeen("Failed")),
        [`GET ${PODS}`]: ok({ items: [failed(reason)] }),
        [`GET ${PODS}/pod-1/log`]: ok(log),
      });
    const { end } = await failure();
    assert.ok(end instanceof BuildError);
    assert.match(end.message, /container build: it ended with 1\n/);
    assert.deepEqual([end.log.length, end.log[0], end.log.at(-1)], [40, "line 10", "line 49"]);
    const killed = (await failure("OOMKilled")).end as BuildError;
    assert.match(killed.message, /more memory than packit:testInstances\.builder\.memory/);
  });

  it("says what the Job says when no pod is left to ask", async () => {
    const { end } = await run({
      [`GET ${JOBS}/${jobName(repository)}`]: ok(jobSeen("Failed")),
      [`GET ${PODS}`]: ok({ items: [] }),
    });
    assert.match(
      (end as BuildError).message,
      /was not built by build-packit-service-\w+-1 in .*: it failed$/,
    );
  });

  it("makes the builds' namespace, closed to others, or names the setting when it may not", async () => {
    const { asked } = await run({
      [`GET /api/v1/namespaces/${NAMESPACE}`]: { status: 404, body: {} },
      [`GET ${JOBS}/${jobName(repository)}`]: ok(jobSeen("Complete")),
    });
    const [namespace] = madeAt(asked, "/api/v1/namespaces") as [
      { metadata: { labels: Record<string, string> } },
    ];
    assert.equal(namespace.metadata.labels["pod-security.kubernetes.io/enforce"], "baseline");
    const policies = `/apis/networking.k8s.io/v1/namespaces/${NAMESPACE}/networkpolicies`;
    const [policy] = madeAt(asked, policies) as [{ spec: { ingress: unknown } }];
    assert.deepEqual(policy.spec.ingress, []);
    assert.match(JSON.stringify(policy), /"except":\["169\.254\.0\.0\/16"\]/);

    const { end } = await run({
      [`GET /api/v1/namespaces/${NAMESPACE}`]: { status: 404, body: {} },
      "POST /api/v1/namespaces": { status: 403, body: { message: "you may not" } },
    });
    assert.match((end as Error).message, /you may not: .*packit:testInstances\.builder\.namespace$/);
  });
});
