import sodium from "libsodium-wrappers";
import * as z from "zod";

import { noBody, noContent, notFound, ok, Refusal, repositoryRoute } from "../route";

const KEY_ID = "568250167242549743";

let pair: Promise<{ readonly publicKey: Uint8Array; readonly privateKey: Uint8Array }> | undefined;

/** The key that secrets are sealed with, which real GitHub has one a repository of. */
function keys(): NonNullable<typeof pair> {
  pair ??= sodium.ready.then(() => sodium.crypto_box_keypair());
  return pair;
}

const sealed = z.strictObject({ encrypted_value: z.base64(), key_id: z.literal(KEY_ID) });

async function open(value: string): Promise<string> {
  const { publicKey, privateKey } = await keys();
  try {
    return Buffer.from(
      sodium.crypto_box_seal_open(Buffer.from(value, "base64"), publicKey, privateKey),
    ).toString();
  } catch {
    throw new Refusal(422, "Validation Failed: encrypted_value is not sealed with the repository's key");
  }
}

const DATES = { created_at: "2026-01-01T00:00:00Z", updated_at: "2026-01-01T00:00:00Z" };

export const secretRoutes = [
  repositoryRoute("GET", "/actions/secrets/public-key", "admin", noBody, async () => {
    const { publicKey } = await keys();
    return ok({ key_id: KEY_ID, key: Buffer.from(publicKey).toString("base64") });
  }),

  repositoryRoute("GET", "/actions/secrets/:name", "admin", noBody, ({ secrets }, { path }) => {
    const name = (path.name ?? "").toUpperCase();
    if (!secrets.has(name)) throw notFound();
    return ok({ name, ...DATES });
  }),

  repositoryRoute("PUT", "/actions/secrets/:name", "admin", sealed, async ({ secrets }, { path, body }) => {
    const name = (path.name ?? "").toUpperCase();
    if (!/^(?!GITHUB_)[A-Z_][A-Z0-9_]*$/.test(name)) {
      throw new Refusal(422, "Validation Failed: secret names have letters, digits and underscores");
    }
    const status = secrets.has(name) ? 204 : 201;
    secrets.set(name, await open(body.encrypted_value));
    return status === 204 ? noContent : { status, body: {} };
  }),

  repositoryRoute("DELETE", "/actions/secrets/:name", "admin", noBody, ({ secrets }, { path }) => {
    if (!secrets.delete((path.name ?? "").toUpperCase())) throw notFound();
    return noContent;
  }),
];
