import assert from "node:assert/strict";
import { constants, generateKeyPairSync, privateDecrypt } from "node:crypto";

import fc from "fast-check";
import { parse } from "yaml";

import { PART_LENGTH, partsOf } from "../../../cli/commands/secrets/encrypt/parts";
import { zuulChunks, zuulSecret } from "../../../cli/commands/secrets/encrypt/zuul";

describe("encryption for Zuul", () => {
  const sizes = [1024, 2048, 4096].map((bits) => {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: bits });
    return { bits, privateKey, publicPem: publicKey.export({ type: "spki", format: "pem" }).toString() };
  });
  const [, usual] = sizes;
  assert.ok(usual !== undefined);

  it("gives chunks that the project's key turns back into the value, for any value and size of key", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...sizes),
        fc.uint8Array({ minLength: 1, maxLength: 1500 }),
        ({ bits, privateKey, publicPem }, bytes) => {
          const value = Buffer.from(bytes);
          const chunks = zuulChunks(publicPem, value);
          const plain = chunks.map((chunk) =>
            privateDecrypt(
              { key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha1" },
              Buffer.from(chunk, "base64"),
            ),
          );
          assert.deepEqual(Buffer.concat(plain), value);
          assert.equal(chunks.length, Math.ceil(value.length / (bits / 8 - 42)));
        },
      ),
      { numRuns: 40 },
    );
  });

  it("takes 470 bytes a chunk with a key of 4096 bits, as Zuul does", () => {
    const { publicPem = "" } = sizes[2] ?? {};
    assert.equal(zuulChunks(publicPem, Buffer.alloc(470)).length, 1);
    assert.equal(zuulChunks(publicPem, Buffer.alloc(471)).length, 2);
  });

  it("writes the definition of a secret, whose value is a list of chunks under Zuul's tag", () => {
    const text = zuulSecret("deployment", "vars", ["QUJD", "REVG"]);
    assert.match(text, /vars: !encrypted\/pkcs1-oaep\n/);
    const tag = {
      tag: "!encrypted/pkcs1-oaep",
      collection: "seq",
      resolve: (list: unknown) => list,
    } as const;
    const [{ secret }] = parse(text, { customTags: [tag] });
    assert.equal(secret.name, "deployment");
    assert.deepEqual(secret.data.vars, ["QUJD", "REVG"]);
  });

  it("refuses what is no RSA public key, and nothing at all", () => {
    const value = Buffer.from("value");
    const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
    assert.throws(() => zuulChunks("garbage", value), /cannot be read/);
    assert.throws(
      () => zuulChunks(ec.publicKey.export({ type: "spki", format: "pem" }).toString(), value),
      /not one of RSA/,
    );
    const own = usual.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    assert.throws(() => zuulChunks(own, value), /is a private key/);
    assert.throws(() => zuulChunks(usual.publicPem, Buffer.alloc(0)), /nothing to encrypt/);
  });
});

describe("parts for Testing Farm", () => {
  it("are short enough, as few as can be, and joined are the value, whatever characters it has", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 2000 }), (value) => {
        const parts = partsOf(value);
        assert.equal(parts.join(""), value);
        for (const [index, part] of parts.entries()) {
          const size = Buffer.byteLength(part);
          assert.ok(size > 0 && size <= PART_LENGTH);
          // A character takes four bytes at most, so no more are ever left free.
          assert.ok(size > PART_LENGTH - 4 || index === parts.length - 1);
          assert.equal(Buffer.from(part).toString("utf8"), part);
        }
      }),
    );
  });

  it("are 7 for a pull secret of 3000 characters", () => {
    assert.equal(partsOf("x".repeat(3000)).length, 7);
    assert.equal(partsOf("x".repeat(448)).length, 1);
    assert.equal(partsOf("x".repeat(449)).length, 2);
  });

  it("are refused for nothing", () => {
    assert.throws(() => partsOf(""), /nothing to encrypt/);
  });
});
