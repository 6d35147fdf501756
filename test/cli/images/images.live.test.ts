import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

import { Checkout } from "../../support/checkout";
import { program } from "../../support/programs";
import { LocalRegistry } from "../../support/registry";
import { sandbox, waitFor } from "../../support/sandbox";

const NAME = "packit/packit-worker";
const BUILT_AT = Date.parse("2026-01-02T03:04:05Z") / 1000;

/** Everything off that the images of workers do not need. */
const SMALL = {
  "packit:components": {
    dashboard: false,
    beat: false,
    fedmsg: false,
    flower: false,
    pushgateway: false,
    sandbox: false,
  },
};

describe("images of a stack", () => {
  const programs = {
    "docker-registry": program("docker-registry"),
    buildah: program("buildah"),
    curl: program("curl"),
  };
  const box = sandbox();
  let registry: LocalRegistry;
  let checkout: Checkout;
  before(async () => {
    registry = await LocalRegistry.start(box(), programs);
    checkout = Checkout.make();
  });
  after(() => checkout.close());

  /** Pushes a new image. @returns its digest. */
  async function release(tag: string, text: string): Promise<string> {
    registry.push(`${NAME}:${tag}`, { text, builtAt: BUILT_AT });
    return registry.digestOf(`${NAME}:${tag}`);
  }

  function configure(stack: string, worker: object): void {
    const file = join(checkout.root, `Pulumi.${stack}.yaml`);
    const config = { ...SMALL, "packit:images": { worker } };
    writeFileSync(file, `# Ours.\n${JSON.stringify({ config })}\n`);
  }

  const fileOf = (stack: string): string => readFileSync(join(checkout.root, `Pulumi.${stack}.yaml`), "utf8");
  const pinIn = (stack: string): unknown =>
    (parse(fileOf(stack)) as { config: { "packit:images": { worker: { pin?: unknown } } } }).config[
      "packit:images"
    ].worker.pin;

  async function images(stack: string, verb: string, ...args: readonly string[]): Promise<string> {
    const outcome = await checkout.stacks("images", verb, stack, ...args);
    assert.equal(outcome.code, 0, outcome.output);
    return outcome.stdout;
  }

  async function up(stack: string): Promise<string> {
    const outcome = await checkout.stacks("up", stack);
    assert.equal(outcome.code, 0, outcome.output);
    return outcome.stdout;
  }

  /** Digests that the StatefulSets of workers run. */
  async function workers(stack: string): Promise<string[]> {
    const sets = await checkout.objectsOf(stack, "statefulsets");
    const images = sets.map(({ spec }) => String(spec.template.spec.containers[0].image));
    return [
      ...new Set(images.filter((image) => image.includes(NAME)).map((image) => image.split("@")[1] ?? image)),
    ];
  }

  async function workersBecome(stack: string, digest: string): Promise<void> {
    let seen: string[] = [];
    await waitFor(
      async () => {
        seen = await workers(stack);
        return seen.join() === digest;
      },
      () => `workers run ${seen.join()}, not ${digest}`,
    );
  }

  describe("on OpenShift, where a stream holds them", () => {
    const stack = "stg-pr-614";
    let first: string;
    let second: string;

    it("run what the stream has imported", async () => {
      first = await release("stg", "first");
      configure(stack, { source: `${registry.address}/${NAME}:stg`, follow: "schedule" });
      await up(stack);
      await workersBecome(stack, first);
    });

    it("D39: move when the CronJob's own account runs its script, which may do nothing else", async () => {
      second = await release("stg", "second");
      const [cron] = await checkout.objectsOf(stack, "cronjobs");
      assert.ok(cron);
      const namespace = String(cron.metadata.namespace);
      const { command } = cron.spec.jobTemplate.spec.template.spec.containers[0];
      const requests = await checkout.kubectl(
        "get",
        "configmap",
        "image-import-requests",
        "-n",
        namespace,
        "-o=json",
      );
      for (const name of ["account", "imports"]) mkdirSync(box().path(name));
      for (const [name, text] of Object.entries(
        (JSON.parse(requests) as { data: Record<string, string> }).data,
      ))
        writeFileSync(box().path(join("imports", name)), text);
      const { cluster } = (
        parse(readFileSync(checkout.kubeconfig, "utf8")) as {
          clusters: [{ cluster: { server: string; "certificate-authority-data": string } }];
        }
      ).clusters[0];
      writeFileSync(
        box().path("account/ca.crt"),
        Buffer.from(cluster["certificate-authority-data"], "base64").toString(),
      );
      const token = await checkout.kubectl("create", "token", "image-import", "-n", namespace);
      writeFileSync(box().path("account/token"), token.trim());
      const run = await checkout.run(command[0], command.slice(1), {
        API_SERVER: cluster.server,
        ACCOUNT: box().path("account"),
        NAMESPACE: namespace,
        REQUESTS: box().path("imports"),
      });
      assert.equal(run.output.trim(), "packit-worker: imported");
      await workersBecome(stack, second);
      const account = `--as=system:serviceaccount:${namespace}:image-import`;
      for (const right of ["update imagestreams", "get secrets", "create pods"]) {
        await assert.rejects(
          checkout.kubectl("auth", "can-i", ...right.split(" "), "-n", namespace, account),
          right,
        );
      }
    });

    it("are told of: what runs, how old it is, what is newest and what makes it move", async () => {
      const [image] = (JSON.parse(await images(stack, "status", "worker", "--json")) as { images: unknown[] })
        .images;
      const { digest, isNewest, built, moves } = image as Record<string, unknown>;
      assert.deepEqual(
        { digest, isNewest, built, moves },
        {
          digest: second,
          isNewest: true,
          built: "2026-01-02T03:04:05.000Z",
          moves: "by schedule: 0 * * * * UTC",
        },
      );
      assert.match(
        await images(stack, "status", "worker"),
        /worker +sha256:[0-9a-f]{12} +2 +\d+ days ago +the same/,
      );
    });

    it("go back, StatefulSets too, and stay there until they are unpinned", async () => {
      const before = fileOf(stack);
      await images(stack, "rollback", "worker", "--up", "--yes");
      assert.equal(pinIn(stack), first);
      await workersBecome(stack, first);
      const third = await release("stg", "third");
      const refused = await checkout.stacks("images", "import", stack, "worker");
      assert.equal(refused.code, 1);
      assert.match(refused.stderr, /pinned: worker; first: npx packit-stacks images unpin stg-pr-614 worker/);
      assert.match(await up(stack), /Resources:\s+\d+ unchanged/);
      assert.deepEqual(await workers(stack), [first]);
      await images(stack, "unpin", "--up", "--yes");
      assert.deepEqual(parse(fileOf(stack)), parse(before));
      await workersBecome(stack, third);
    });

    it("come when they are asked for, and not for a dry run", async () => {
      const fourth = await release("stg", "fourth");
      assert.match(
        await images(stack, "import", "worker", "--dry-run"),
        new RegExp(`to ${fourth.slice(0, 19)}`),
      );
      assert.ok(!(await workers(stack)).includes(fourth));
      assert.match(await images(stack, "import", "worker"), new RegExp(`to ${fourth.slice(0, 19)}`));
      await workersBecome(stack, fourth);
    });
  });

  describe("on plain Kubernetes, where the settings hold them", () => {
    const stack = "dev-pr-614";
    let first: string;
    let second: string;

    it("are imported into the settings, and run once these are deployed", async () => {
      first = await release("dev", "one");
      configure(stack, { source: `${registry.address}/${NAME}:dev` });
      assert.match(await images(stack, "import", "worker"), /Deploy it: make up STACK=dev-pr-614/);
      assert.match(fileOf(stack), new RegExp(`^# Ours\\.\\n.*:dev@${first}`, "s"));
      await up(stack);
      assert.deepEqual(await workers(stack), [first]);
      second = await release("dev", "two");
      await images(stack, "import", "worker", "--up", "--yes");
      assert.deepEqual(await workers(stack), [second]);
    });

    it("go back, and stay there until they are unpinned", async () => {
      const before = fileOf(stack);
      const said = JSON.parse(await images(stack, "rollback", "worker", "--dry-run", "--json")) as object;
      assert.match(JSON.stringify(said), new RegExp(`rolled back to ${first.slice(0, 19)}`));
      assert.equal(fileOf(stack), before);
      await images(stack, "rollback", "worker", "--up", "--yes");
      assert.deepEqual(await workers(stack), [first]);
      assert.equal((await checkout.stacks("images", "import", stack, "worker")).code, 1);
      const further = await checkout.stacks("images", "rollback", stack, "worker");
      assert.match(further.stderr, /nothing is known of what worker ran before/);
      await images(stack, "unpin", "worker", "--up", "--yes");
      assert.equal(fileOf(stack), before);
      assert.deepEqual(await workers(stack), [second]);
    });
  });
});
