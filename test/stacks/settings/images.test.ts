import assert from "node:assert/strict";

import type { ImageUse } from "../../../stacks/settings";
import { findingAbout, load, tracked } from "./loading";

const PIN = `sha256:${"a".repeat(64)}`;
const OTHER = `sha256:${"b".repeat(64)}`;

function useOf(name: string, use: string, values: Readonly<Record<string, unknown>>): ImageUse {
  const { imageUses } = load(name, { values, local: true });
  return imageUses.find((one) => one.use === use) ?? assert.fail(use);
}

describe("pinned images", () => {
  const worker = { images: { worker: { pin: PIN } } };

  it("D32: stay in their ImageStream, which then moves by nothing, so that no field changes hands", () => {
    assert.deepEqual(load("prod", { values: worker, local: true }).images.worker, {
      source: `quay.io/packit/packit-worker@${PIN}`,
      follow: { tag: "prod", scheduled: false, onSchedule: false },
    });
    const always = { images: { worker: { pin: PIN, follow: "always" } } };
    assert.equal(load("prod", { values: always, local: true }).images.worker.follow?.scheduled, false);
  });

  it("run by their digest where nothing else holds them", () => {
    assert.deepEqual(load("dev", { values: worker }).images.worker, {
      source: `quay.io/packit/packit-worker@${PIN}`,
    });
  });

  it("keep their source, to which they come back", () => {
    const { source, pin, reference } = useOf("prod", "worker", worker);
    assert.equal(source, "quay.io/packit/packit-worker:prod");
    assert.equal(pin, PIN);
    assert.equal(reference, `quay.io/packit/packit-worker@${PIN}`);
  });

  it("may be those of the database and the store, without a source of their own", () => {
    const values = { database: { image: { pin: PIN } }, keyValue: { image: { pin: OTHER } } };
    const { database, keyValue } = load("prod", { values, local: true });
    assert.equal(database.image.source, `quay.io/sclorg/postgresql-15-c9s@${PIN}`);
    assert.equal(keyValue.image.source, `docker.io/valkey/valkey@${OTHER}`);
    assert.deepEqual(useOf("prod", "postgres-15", values).path, ["database", "image"]);
  });

  it("D40: may be the sandbox's, which a build of unreleased code could change", () => {
    const values = { images: { sandcastle: { pin: PIN } } };
    assert.equal(
      load("prod", { values, local: true }).images.sandcastle.source,
      `quay.io/packit/sandcastle@${PIN}`,
    );
    assert.equal(useOf("prod", "sandcastle", values).stream, undefined);
  });

  it("are not those of a test instance, which is there for what is new", () => {
    const files = { dev: `config:\n  packit:images: { worker: { pin: "${PIN}" } }\n` };
    assert.equal(load("dev-pr-614", { files }).images.worker.source, "quay.io/packit/packit-worker:stg");
  });

  it("are refused when the pin is no digest", () => {
    const { allowed } = findingAbout("packit:images.worker.pin", "dev", {
      values: { images: { worker: { pin: "stg" } } },
    });
    assert.match(allowed ?? "", /a digest: sha256: and 64/);
  });
});

describe("the images that a stack uses", () => {
  it("are listed with those who hold them, and without what is turned off", () => {
    const { imageUses } = load("prod", { values: tracked("prod"), local: true });
    const names = imageUses.map(({ use }) => use);
    for (const use of ["service", "worker", "dashboard", "postgres-15", "valkey", "importer", "sandcastle"]) {
      assert.ok(names.includes(use), use);
    }
    assert.equal(new Set(names).size, names.length);
    const streams = imageUses.flatMap(({ stream }) => (stream ? [stream.name] : []));
    assert.equal(new Set(streams).size, names.length - 1);
    const dev = load("dev", { values: { components: { dashboard: false, sandbox: false } } }).imageUses;
    assert.ok(!dev.some(({ use }) => ["dashboard", "sandcastle", "importer"].includes(use)));
  });

  it("lose the tag beside a digest, which not every runtime takes", () => {
    const values = { images: { worker: { source: `quay.io/packit/packit-worker:stg@${PIN}` } } };
    assert.equal(load("dev", { values }).images.worker.source, `quay.io/packit/packit-worker@${PIN}`);
    assert.equal(useOf("dev", "worker", values).source, `quay.io/packit/packit-worker:stg@${PIN}`);
  });
});
