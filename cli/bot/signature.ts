import { createHmac, timingSafeEqual } from "node:crypto";

/** How GitHub signs what it delivers: `sha256=` and the HMAC of the body, in hexadecimal digits. */
export function signatureOf(body: Buffer, secret: string): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

/** Whether a body carries the signature of the secret. It takes equally long wherever they differ. */
export function isSigned(body: Buffer, signature: string | undefined, secret: string): boolean {
  const expected = Buffer.from(signatureOf(body, secret));
  const given = Buffer.from(signature ?? "");
  return given.length === expected.length && timingSafeEqual(given, expected);
}
