import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { MachineImages } from "../../../../../cli/instances/images/prune/machine";
import { onMachine } from "../../../../../cli/instances/images/prune/prune";
import { program } from "../../../../support/programs";

const [OLD, RUNNING, YOUNG] = ["0000000000000000000a", "0000000000000000000b", "0000000000000000000c"];
const DAY = 86_400_000;

describe("old images that buildah keeps on this machine", () => {
  const buildah = program("buildah");
  let folder: string;
  let storage: readonly string[];
  let images: MachineImages;

  function build(name: string, daysAgo: number): void {
    const seconds = Math.round((Date.now() - daysAgo * DAY) / 1000);
    writeFileSync(join(folder, "Containerfile"), `FROM scratch\nLABEL name=${name}\n`);
    const words = ["build", "--quiet", `--timestamp=${seconds}`, `--tag=localhost/${name}`, folder];
    execFileSync(buildah, [...storage, ...words], { stdio: "pipe" });
  }

  before(function () {
    this.timeout(60_000);
    folder = mkdtempSync(join(tmpdir(), "packit-stacks-"));
    storage = [
      "--storage-driver=vfs",
      `--root=${join(folder, "storage")}`,
      `--runroot=${join(folder, "run")}`,
    ];
    images = new MachineImages(storage);
    build(`packit-worker:${OLD}`, 20);
    build(`packit-worker:${RUNNING}`, 20);
    build(`packit-worker:${YOUNG}`, 2);
    build("somebodys:latest", 20);
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("go when nothing runs them, and no others do", async function () {
    this.timeout(60_000);
    // What builds give to instances as the image's digest.
    const words = ["inspect", "--type=image", "--format={{.FromImageDigest}}", `packit-worker:${RUNNING}`];
    const digest = execFileSync(buildah, [...storage, ...words], { encoding: "utf8" }).trim();
    const moment = { inUse: new Set([digest]), now: Date.now() };
    const found = await onMachine(images, 14 * DAY, moment);
    assert.deepEqual(
      found.map(({ what }) => what),
      [`image packit-worker:${OLD} of this machine`],
    );
    for (const { remove } of found) await remove();
    const left = (await images.list()).map(({ name, tag }) => `${name}:${tag}`).sort();
    assert.deepEqual(left, [`packit-worker:${RUNNING}`, `packit-worker:${YOUNG}`, "somebodys:latest"]);
    assert.deepEqual(await onMachine(images, 14 * DAY, moment), []);
    assert.deepEqual(await onMachine(images, 14 * DAY, { ...moment, inUse: undefined }), []);
  });
});
