import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as later } from "node:timers/promises";

import { buildImages } from "../../../../cli/instances/images/build-images";
import { MachineBuilder } from "../../../../cli/instances/images/builders/machine";
import { RegistryStore } from "../../../../cli/instances/images/builders/registry-store";
import { BuildError, type ImagePlan, type ResolvedReference } from "../../../../cli/instances/images/model";
import { planImages } from "../../../../cli/instances/images/plan";
import { Registry } from "../../../../cli/registry/client";
import { processesWith } from "../../../support/killing";
import { program } from "../../../support/programs";
import { LocalRegistry } from "../../../support/registry";
import { sandbox } from "../../../support/sandbox";
import { commit, instance, LOOKUPS, pull } from "./examples";
import { writeTinySystem } from "./tiny-system";

const DOCKERFILE = `FROM scratch
ARG SOURCE_BRANCH
COPY system/ /
COPY .git/HEAD /head
RUN echo "$SOURCE_BRANCH" > /branch
USER 1001
`;

const FAILING = `FROM scratch
COPY system/ /
RUN for i in 1 2 3; do echo "line $i"; done; echo "no such package" >&2; exit 3
`;

const ENDLESS = `FROM scratch
ARG SOURCE_BRANCH
COPY system/ /
RUN sleep 600
`;

describe("images built by buildah and kept in a registry", () => {
  const programs = { "docker-registry": program("docker-registry"), buildah: program("buildah") };
  const git = program("git");
  const tar = program("tar");
  const box = sandbox();
  let folder: string;
  let registry: LocalRegistry;
  let builder: MachineBuilder;
  let good: ResolvedReference;
  let bad: ResolvedReference;
  let endless: ResolvedReference;

  before(async function () {
    this.timeout(60_000);
    registry = await LocalRegistry.start(box(), programs);
    folder = mkdtempSync(join(tmpdir(), "packit-stacks-"));
    const repository = join(folder, "packit-service");
    mkdirSync(join(repository, "files/docker"), { recursive: true });
    writeTinySystem(join(repository, "system"));
    const run = (...args: string[]) =>
      execFileSync(git, ["-C", repository, "-c", "user.name=t", "-c", "user.email=t@packit.dev", ...args], {
        encoding: "utf8",
      }).trim();
    run("init", "--quiet");
    const commitOf = (dockerfile: string): ResolvedReference => {
      writeFileSync(join(repository, "files/docker/Dockerfile"), dockerfile);
      run("add", "--all");
      run("commit", "--quiet", "--message", "work");
      const made = run("rev-parse", "HEAD");
      // As at a forge: reached by the pull request's name alone.
      run("update-ref", "refs/pull/614/head", made);
      return { ...pull("packit-service", "0"), url: `file://${repository}`, commit: made };
    };
    bad = commitOf(FAILING);
    endless = commitOf(ENDLESS);
    good = commitOf(DOCKERFILE);
    run("checkout", "--quiet", "--orphan", "main");
    run("commit", "--quiet", "--allow-empty", "--message", "something else");
    const store = new RegistryStore(`${registry.address}/test`, new Registry({ HOME: folder }));
    const storage = [
      "--storage-driver=vfs",
      `--root=${join(folder, "root")}`,
      `--runroot=${join(folder, "run")}`,
    ];
    builder = new MachineBuilder({ deadline: "2m" }, { store, storage });
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const planOf = (...references: readonly ResolvedReference[]): ImagePlan =>
    planImages({ ...instance(references), runs: new Set(["service"]) }, LOOKUPS);

  const build = async (plan: ImagePlan) => {
    const said: string[] = [];
    const built = await buildImages(plan, builder, { onProgress: (line) => said.push(line) });
    return { reference: built.service ?? assert.fail("no image"), said: said.join("\n") };
  };

  /** Text of a file in an image's last layers, read from the registry. */
  const textIn = async (reference: string, file: string): Promise<string> => {
    const digest = reference.split("@")[1] ?? "";
    const at = `http://${registry.address}/v2/test/packit-service`;
    const accept = "application/vnd.oci.image.manifest.v1+json";
    const answer = await fetch(`${at}/manifests/${digest}`, { headers: { accept } });
    const { layers } = (await answer.json()) as { layers: readonly { digest: string }[] };
    for (const layer of [...layers].reverse()) {
      const blob = Buffer.from(await (await fetch(`${at}/blobs/${layer.digest}`)).arrayBuffer());
      const names = execFileSync(tar, ["-tzf", "-"], { input: blob, encoding: "utf8" }).split("\n");
      if (names.includes(file)) {
        return execFileSync(tar, ["-xzOf", "-", file], { input: blob, encoding: "utf8" });
      }
    }
    return assert.fail(`no ${file} in ${reference}`);
  };

  it("builds a repository's Dockerfile at the commit of a pull request, with its history and arguments", async () => {
    const { reference } = await build(planOf(good));
    assert.match(reference, /^127\.0\.0\.1:\d+\/test\/packit-service@sha256:[0-9a-f]{64}$/);
    assert.equal((await textIn(reference, "head")).trim(), good.commit);
    assert.equal((await textIn(reference, "branch")).trim(), "main");
  });

  it("installs packages on top, without a shell between, and keeps the image's user", async () => {
    const mark = join(folder, "mark");
    const hostile = { ...pull("packit", "2"), url: `$(touch ${mark});\`touch ${mark}\`"'` };
    const { reference, said } = await build(planOf(good, pull("ogr", "1"), hostile));
    assert.match(said, /building packit-service/);
    assert.deepEqual((await textIn(reference, "pip-calls")).trim().split("\n"), [
      ...["[wheel]", "[--no-cache-dir]", "[--no-deps]", "[--wheel-dir=/var/tmp/packages]"],
      `[git+${hostile.url}@${commit("2")}]`,
      `[git+https://github.com/packit/ogr@${commit("1")}]`,
      "--",
      ...["[install]", "[--no-cache-dir]", "[--no-deps]", "[--force-reinstall]"],
      ...["[/var/tmp/packages/one.whl]", "--"],
      ...["[install]", "[--no-cache-dir]", "[/var/tmp/packages/one.whl]", "--"],
    ]);
    assert.equal(existsSync(mark), false);
    assert.equal(await builder.userOf(reference), "1001");
  });

  it("builds nothing a second time, and only what is above what is there", async () => {
    const first = await build(planOf(good));
    const again = await build(planOf(good));
    assert.equal(again.reference, first.reference);
    assert.match(again.said, /^service: built before/);
    const above = await build(planOf(good, pull("ogr", "7")));
    assert.equal(above.said.match(/: building packit-service:/g)?.length, 1);
    assert.doesNotMatch(above.said, /fetching the code/);
  });

  it("shows the end of the log of a build that fails, and pushes nothing", async () => {
    const plan = planOf(bad);
    await assert.rejects(build(plan), (error) => {
      assert.ok(error instanceof BuildError);
      assert.match(error.message, /was not built: \S*buildah ended with/);
      assert.match(error.message, /^ {2}line 3\n[^]*no such package/m);
      return true;
    });
    const [step] = plan[0]?.steps ?? [];
    assert.equal(step && (await builder.find(step)), undefined);
  });

  it("ends at once, with all that it has started, when it is told to", async () => {
    const stop = new AbortController();
    const options = { onProgress: () => undefined, signal: stop.signal };
    const sleeps = (): readonly number[] => processesWith("SOURCE_BRANCH=", /^sleep\0/);
    const building = buildImages(planOf(endless), builder, options);
    const ended = building.then(
      () => assert.fail("it was built"),
      (error: unknown) => error,
    );
    const until = performance.now() + 60_000;
    while (sleeps().length === 0 && performance.now() < until) await later(20);
    assert.equal(sleeps().length, 1);
    stop.abort(new Error("interrupted by SIGTERM"));
    assert.equal(await ended, stop.signal.reason);
    while (sleeps().length > 0 && performance.now() < until) await later(20);
    assert.deepEqual(sleeps(), []);
  });

  it("keeps an image on this machine where no registry is named", async () => {
    const storage = [
      "--storage-driver=vfs",
      `--root=${join(folder, "own")}`,
      `--runroot=${join(folder, "own-run")}`,
    ];
    const own = new MachineBuilder({ deadline: "2m" }, { storage });
    const built = await buildImages(planOf(good, pull("ogr", "1")), own, { onProgress: () => undefined });
    assert.match(built.service ?? "", /^localhost\/packit-service@sha256:[0-9a-f]{64}$/);
    assert.equal(await own.userOf(built.service ?? ""), "1001");
    const again = await buildImages(planOf(good, pull("ogr", "1")), own, { onProgress: () => undefined });
    assert.deepEqual(again, built);
  });
});
