import assert from "node:assert/strict";
import { join } from "node:path";
import { writeFileSync } from "node:fs";

import { hashSync } from "bcryptjs";

import { Registry } from "../../../cli/registry/client";
import { parseImage } from "../../../stacks/settings";
import { program } from "../../support/programs";
import { LocalRegistry } from "../../support/registry";
import { sandbox } from "../../support/sandbox";

const BUILT_AT = Date.parse("2026-01-02T03:04:05Z") / 1000;
const NAME = "packit/packit-worker";

describe("the registry client at a real registry", () => {
  const programs = { "docker-registry": program("docker-registry"), buildah: program("buildah") };
  const box = sandbox();
  let open: LocalRegistry;
  before(async () => {
    open = await LocalRegistry.start(box(), programs);
  });

  const image = (registry: LocalRegistry, rest: string) =>
    parseImage(`${registry.address}/${rest}`) ?? assert.fail(rest);
  const anonymous = () => new Registry({ HOME: box().folder });

  it("finds the digest of a tag and when its image was built", async () => {
    open.push(`${NAME}:stg`, { text: "one", builtAt: BUILT_AT });
    const found = await anonymous().lookUp(image(open, `${NAME}:stg`));
    assert.equal(found.digest, await open.digestOf(`${NAME}:stg`));
    assert.match(found.digest, /^sha256:[0-9a-f]{64}$/);
    assert.equal(found.created?.toISOString(), "2026-01-02T03:04:05.000Z");
  });

  it("finds an image by its digest after the tag has moved on", async () => {
    const first = await anonymous().lookUp(image(open, `${NAME}:stg`));
    open.push(`${NAME}:stg`, { text: "two", builtAt: BUILT_AT + 60 });
    const second = await anonymous().lookUp(image(open, `${NAME}:stg`));
    assert.notEqual(second.digest, first.digest);
    assert.deepEqual(await anonymous().lookUp(image(open, `${NAME}@${first.digest}`)), first);
  });

  it("takes the index of an image for several architectures, and knows the digest that a node reports", async () => {
    open.pushIndex(`${NAME}:multi`, [
      { text: "three", builtAt: BUILT_AT, arch: "amd64" },
      { text: "three", builtAt: BUILT_AT, arch: "arm64" },
    ]);
    const found = await anonymous().lookUp(image(open, `${NAME}:multi`));
    assert.equal(found.digest, await open.digestOf(`${NAME}:multi`));
    assert.equal(found.digests.length, 2);
    assert.equal(found.created?.getTime(), BUILT_AT * 1000);
  });

  it("does not take the year in which time began for the image's age", async () => {
    open.push(`${NAME}:reproducible`, { text: "four", builtAt: 0 });
    assert.equal((await anonymous().lookUp(image(open, `${NAME}:reproducible`))).created, undefined);
  });

  it("says which tag is missing where", async () => {
    await assert.rejects(anonymous().lookUp(image(open, `${NAME}:nope`)), {
      name: "RegistryError",
      message: `${open.address} has no nope of ${NAME}`,
    });
  });

  it("says that nothing listens", async () => {
    const nobody = await LocalRegistry.start(box(), programs);
    await nobody.stop();
    await assert.rejects(anonymous().lookUp(image(nobody, `${NAME}:stg`)), /cannot ask 127\.0\.0\.1:\d+ for/);
  });

  it("logs in with what podman login has stored, and says so where nobody has", async () => {
    const closed = await LocalRegistry.start(box(), programs, `packit:${hashSync("se:cret", 4)}\n`);
    closed.push(`${NAME}:stg`, { text: "five", builtAt: BUILT_AT }, "packit:se:cret");
    await assert.rejects(anonymous().lookUp(image(closed, `${NAME}:stg`)), /log in with podman login 127/);
    const auth = Buffer.from("packit:se:cret").toString("base64");
    const file = join(box().folder, "auth.json");
    writeFileSync(file, JSON.stringify({ auths: { [closed.address]: { auth } } }));
    const member = new Registry({ HOME: box().folder, REGISTRY_AUTH_FILE: file });
    assert.match((await member.lookUp(image(closed, `${NAME}:stg`))).digest, /^sha256:/);
  });
});
