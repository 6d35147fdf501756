import assert from "node:assert/strict";

import { ReverseDependencyTests } from "../../../components/packit/reverse-dependency-tests";
import { CODE_CONTAINER } from "../../../components/packit/test-containers";
import { runMocked, type KubernetesObject, type Stack } from "../../support/mocks";
import { application, resources, site, supplies } from "./fixtures";

const NAME = "revdep";

describe("ReverseDependencyTests", () => {
  let stack: Stack;
  before(async () => {
    stack = await runMocked(() => {
      const { database, queue } = supplies();
      return new ReverseDependencyTests(NAME, {
        site,
        application,
        database,
        queue,
        code: { reference: "packit-worker:dev", trigger: { stream: "packit-worker", tag: "dev" } },
        package: "fedora_ci",
        image: { reference: "quay.io/packit/packit-service-tests:stg", pullPolicy: "Always" },
        sources: "/src",
        command: ["python3", "-m", "pytest", "tests/unit"],
        reaches: [{ port: 5432, components: ["postgres-15"] }, { port: 443 }],
        deadlineMinutes: 45,
        resources,
        programs: { "take.py": "take", "test.py": "test" },
      });
    });
  });
  const spec = () => stack.object("CronJob", NAME).spec;
  const pod = () => spec().jobTemplate.spec.template.spec;

  it("runs only when somebody starts it, once, and has a deadline", () => {
    assert.equal(spec().suspend, true);
    assert.equal(spec().concurrencyPolicy, "Forbid");
    const job = spec().jobTemplate.spec;
    assert.deepEqual([job.activeDeadlineSeconds, job.backoffLimit], [2700, 0]);
  });

  it("hands the package of the image under test over, and puts the tests' own image to it", () => {
    const [take] = pod().initContainers;
    const [test] = pod().containers;
    assert.deepEqual([take.name, take.image], [CODE_CONTAINER, "packit-worker:dev"]);
    assert.deepEqual(
      [...take.command, ...take.args],
      ["python3", "-B", "/jobs/take.py", "fedora_ci", "/code"],
    );
    assert.equal(test.image, "quay.io/packit/packit-service-tests:stg");
    const options = ["--sources=/src", "--package=fedora_ci", "--code=/code", "--folder=/tests"];
    const command = ["python3", "-m", "pytest", "tests/unit"];
    assert.deepEqual(test.args, [...options, "--", ...command]);
    const folders = ({ volumeMounts }: KubernetesObject): Map<string, string> =>
      new Map(volumeMounts.map(({ name, mountPath }: KubernetesObject) => [name, mountPath]));
    assert.deepEqual([folders(take).get("code"), folders(test).get("code")], ["/code", "/code"]);
    assert.deepEqual(stack.object("ConfigMap", `${NAME}-programs`).data, {
      "take.py": "take",
      "test.py": "test",
    });
  });

  it("takes the image under test from its stream at each run", () => {
    const { annotations } = spec().jobTemplate.spec.template.metadata;
    assert.equal(annotations["alpha.image.policy.openshift.io/resolve-names"], "*");
    // A trigger would start nothing here, and has no field for containers that come first.
    assert.deepEqual(stack.object("CronJob", NAME).metadata.annotations, {});
  });

  it("D24, D64: has an account of its own without a token, no rights, and only what it needs to connect to", () => {
    assert.equal(pod().serviceAccountName, NAME);
    assert.equal(pod().automountServiceAccountToken, false);
    assert.equal(stack.object("ServiceAccount", NAME).automountServiceAccountToken, false);
    assert.deepEqual(stack.objects("RoleBinding"), []);
    const { ingress, egress } = stack.object("NetworkPolicy", NAME).spec;
    assert.deepEqual(ingress, []);
    const ports = egress.map((rule: KubernetesObject) => rule.ports[0].port);
    assert.deepEqual(ports, [53, 5432, 443]);
  });

  it("D25: reads the passwords from Secrets, and nothing else of the instance's", () => {
    const [{ env, volumeMounts }] = pod().containers;
    const secrets = env.flatMap(({ name, valueFrom }: KubernetesObject) => (valueFrom ? [name] : []));
    assert.deepEqual(secrets.sort(), [
      "POSTGRESQL_DATABASE",
      "POSTGRESQL_HOST",
      "POSTGRESQL_PASSWORD",
      "POSTGRESQL_USER",
      "REDIS_PASSWORD",
    ]);
    assert.deepEqual(volumeMounts.map(({ mountPath }: KubernetesObject) => mountPath).sort(), [
      "/code",
      "/jobs",
      "/tests",
      "/tmp",
      "/tmp/sandcastle",
      "/var/tmp",
    ]);
    assert.equal(
      pod().volumes.some(({ secret }: KubernetesObject) => secret !== undefined),
      false,
    );
  });
});
