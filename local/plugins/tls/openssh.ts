import { createHash, type KeyObject, randomBytes } from "node:crypto";

/** What OpenSSH calls the curves that it knows; it knows no P-224. */
const curves: Readonly<Record<string, string>> = {
  prime256v1: "nistp256",
  secp384r1: "nistp384",
  secp521r1: "nistp521",
};

/** OpenSSH's name for an ECDSA key's curve; undefined for other keys and for a curve that it does not know. */
function curveOf(key: KeyObject): string | undefined {
  return curves[key.asymmetricKeyDetails?.namedCurve ?? ""];
}

/** The public key in OpenSSH's wire format (RFC 4253, 5656 and 8709); undefined for a curve that it does not know. */
export function publicBlob(key: KeyObject): Buffer | undefined {
  const curve = curveOf(key);
  if (key.asymmetricKeyType === "ec" && curve === undefined) return undefined;
  const { kty = "", n = "", e = "", x = "", y = "" } = key.export({ format: "jwk" });
  if (kty === "RSA") return Buffer.concat([text("ssh-rsa"), integer(e), integer(n)]);
  if (curve === undefined) return Buffer.concat([text("ssh-ed25519"), field(decode(x))]);
  return Buffer.concat([text(`ecdsa-sha2-${curve}`), text(curve), field(point(x, y))]);
}

/** The line for `authorized_keys`, with its newline; empty for a curve that OpenSSH does not know. */
export function publicLine(key: KeyObject): string {
  const blob = publicBlob(key);
  if (blob === undefined) return "";
  const type = blob.subarray(4, 4 + blob.readUInt32BE()).toString();
  return `${type} ${blob.toString("base64")}\n`;
}

/** The fingerprints that `ssh-keygen -l` shows; empty for a curve that OpenSSH does not know. */
export function fingerprints(key: KeyObject): { md5: string; sha256: string } {
  const blob = publicBlob(key);
  if (blob === undefined) return { md5: "", sha256: "" };
  const md5 = createHash("md5").update(blob).digest("hex").match(/../g) ?? [];
  const sha256 = createHash("sha256").update(blob).digest("base64").replace(/=+$/, "");
  return { md5: md5.join(":"), sha256: `SHA256:${sha256}` };
}

/** The private key in OpenSSH's own PEM format, without a passphrase (the file `PROTOCOL.key` of OpenSSH). */
export function privatePem(privateKey: KeyObject, publicKey: KeyObject): string {
  const blob = publicBlob(publicKey);
  if (blob === undefined) return "";
  const check = randomBytes(4);
  const secret = Buffer.concat([check, check, privateFields(privateKey), text("")]);
  const padding = Buffer.from(Array.from({ length: (8 - (secret.length % 8)) % 8 }, (_, i) => i + 1));
  const count = Buffer.from([0, 0, 0, 1]);
  const whole = Buffer.concat([
    Buffer.from("openssh-key-v1\0"),
    text("none"),
    text("none"),
    text(""),
    count,
    field(blob),
    field(Buffer.concat([secret, padding])),
  ]);
  const lines = whole.toString("base64").match(/.{1,70}/g) ?? [];
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join("\n")}\n-----END OPENSSH PRIVATE KEY-----\n`;
}

function privateFields(key: KeyObject): Buffer {
  const jwk = key.export({ format: "jwk" });
  const { kty = "", n = "", e = "", d = "", p = "", q = "", qi = "", x = "", y = "" } = jwk;
  if (kty === "RSA") {
    return Buffer.concat([text("ssh-rsa"), ...[n, e, d, qi, p, q].map((part) => integer(part))]);
  }
  const curve = curveOf(key);
  if (curve === undefined) {
    const open = decode(x);
    return Buffer.concat([text("ssh-ed25519"), field(open), field(Buffer.concat([decode(d), open]))]);
  }
  return Buffer.concat([text(`ecdsa-sha2-${curve}`), text(curve), field(point(x, y)), integer(d)]);
}

function decode(base64url: string): Buffer {
  return Buffer.from(base64url, "base64url");
}

/** An uncompressed point on a curve. */
function point(x: string, y: string): Buffer {
  return Buffer.concat([Buffer.from([4]), decode(x), decode(y)]);
}

function field(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function text(value: string): Buffer {
  return field(Buffer.from(value));
}

/** A positive number: without leading zeros, and with one where the first bit would read as a minus. */
function integer(base64url: string): Buffer {
  let bytes = decode(base64url);
  while (bytes.length > 1 && bytes[0] === 0) bytes = bytes.subarray(1);
  return field((bytes[0] ?? 0) > 127 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}
