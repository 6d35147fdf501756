import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

import { edited } from "../../../cli/images/settings-file";

const ROOT = join(__dirname, "..", "..", "..");
const PIN = ["images", "worker", "pin"];
const DIGEST = `sha256:${"a".repeat(64)}`;

const pin = (text: string, value: string | undefined): string => edited(text, [{ path: PIN, value }], "file");

describe("a stack's settings file", () => {
  for (const name of readdirSync(ROOT).filter((file) => /^Pulumi\..+\.yaml$/.test(file))) {
    it(`${name} is byte for byte as before once a pin is taken out again`, () => {
      const text = readFileSync(join(ROOT, name), "utf8");
      const pinned = pin(text, DIGEST);
      const { config } = parse(pinned) as { config: Record<string, unknown> };
      assert.deepEqual(config["packit:images"], { worker: { pin: DIGEST } });
      assert.ok(pinned.startsWith(text.trimEnd().slice(0, -1)), "nothing else has changed");
      assert.equal(pin(pinned, undefined), text);
    });
  }

  it("keeps comments, and what stands beside a pin", () => {
    const text = `# why
config:
  # all of them
  packit:images:
    worker:
      source: quay.io/packit/hardly:stg # ours
    nginx: {source: 'quay.io/nginx/nginx:1'}
encryptionsalt: v1:abc
`;
    assert.equal(pin(text, DIGEST), text.replace("# ours\n", `# ours\n      pin: ${DIGEST}\n`));
    assert.equal(pin(pin(text, DIGEST), undefined), text);
  });

  it("is made where there is none, and beside the engine's salt", () => {
    assert.equal(pin("", DIGEST), `config:\n  packit:images:\n    worker:\n      pin: ${DIGEST}\n`);
    assert.deepEqual(parse(pin("encryptionsalt: v1:abc\n", DIGEST)), {
      encryptionsalt: "v1:abc",
      config: { "packit:images": { worker: { pin: DIGEST } } },
    });
  });

  it("is as before, without an empty group, where the pin was all that it said", () => {
    const salt = "encryptionsalt: v1:abc\n";
    assert.equal(pin(pin(salt, DIGEST), undefined), salt);
    assert.equal(pin(pin("", DIGEST), undefined), "");
    assert.equal(pin(pin("# mine\n", DIGEST), undefined), "# mine\n");
  });

  it("takes a map that pulumi config set wrote as JSON", () => {
    const text = `config:\n  packit:images: '{"worker":{"follow":"manual"}}'\n`;
    assert.deepEqual(parse(pin(text, DIGEST)), {
      config: { "packit:images": { worker: { follow: "manual", pin: DIGEST } } },
    });
  });

  it("is refused where it cannot be written: encrypted, a list, or no YAML", () => {
    assert.throws(
      () => pin("config:\n  packit:images:\n    secure: abc\n", DIGEST),
      /packit:images is encrypted/,
    );
    assert.throws(() => pin("config:\n  packit:images: []\n", DIGEST), /packit:images is no map/);
    assert.throws(() => pin("config: [", DIGEST), /is not YAML/);
  });

  it("has nothing to take out where nothing is", () => {
    assert.equal(
      pin("config:\n  packit:platform: kubernetes\n", undefined),
      "config:\n  packit:platform: kubernetes\n",
    );
  });
});
