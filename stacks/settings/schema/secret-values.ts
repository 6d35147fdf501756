import * as z from "zod";

import { line } from "./values";

/** What a secret looks like, for whoever has to make one. */
export type SecretForm =
  | "appId"
  | "certificate"
  | "certificateAndKey"
  | "coprLogin"
  | "host"
  | "keytab"
  | "password"
  | "port"
  | "privateKey"
  | "sshPrivateKey"
  | "sshPublicKey"
  | "url"
  | "user"
  | "uuid";

declare module "zod" {
  interface GlobalMeta {
    /** Only for secrets: what it looks like. */
    form?: SecretForm;
  }
}

/** A private key in PEM. */
export const PRIVATE_KEY =
  /^-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s[\s\S]+-----END (?:[A-Z]+ )?PRIVATE KEY-----\s*$/;

/** A secret that a pattern describes. */
export function secret(passes: RegExp, form: SecretForm, allowed: string, description: string) {
  return z.string().regex(passes).exactOptional().meta({ form, allowed, description });
}

/** Text in PEM. The engine drops the last newline of what it reads, and OpenSSH refuses a key without it. */
export function pem(passes: RegExp, form: SecretForm, allowed: string, description: string) {
  const withNewline = (text: string) => `${text.trimEnd()}\n`;
  return z.string().regex(passes).overwrite(withNewline).exactOptional().meta({ form, allowed, description });
}

/** A password or token. */
export const password = (description: string) =>
  line.exactOptional().meta({ form: "password", allowed: "text on one line", description });

/** The name that goes with a password. */
export const user = (description: string) =>
  line.exactOptional().meta({ form: "user", allowed: "text on one line", description });

/** A certificate with its chain. */
export const certificate = (description: string) =>
  pem(
    /^-----BEGIN CERTIFICATE-----\s[\s\S]+-----END CERTIFICATE-----\s*$/,
    "certificate",
    "a certificate, or a chain of them, in PEM",
    description,
  );

/** The key of a certificate or of an application. */
export const privateKey = (description: string) =>
  pem(PRIVATE_KEY, "privateKey", "a private key in PEM", description);
