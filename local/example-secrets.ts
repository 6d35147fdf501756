import { generateKeyPairSync, randomBytes, randomUUID, type KeyObject } from "node:crypto";

import type { SecretNeed } from "../stacks/settings";
import { EXAMPLE_MARK } from "../stacks/settings/example-secrets";
import type { SecretForm } from "../stacks/settings/schema/secrets";
import { exampleKeytab } from "./example-keytab";
import { selfSigned } from "./plugins/tls/certificate";
import { privatePem, publicLine } from "./plugins/tls/openssh";

/** Secrets by purpose, nested as under `packit:secrets`. */
export interface SecretTree {
  [name: string]: string | SecretTree;
}

/**
 * Made-up secrets for everything that a stack must be given.
 *
 * @param stack - What it asks for, and the hosts of its certificate.
 */
export async function exampleSecrets(stack: {
  readonly needs: readonly SecretNeed[];
  readonly hosts: readonly string[];
}): Promise<SecretTree> {
  const values = await pairs(stack.hosts);
  const tree: SecretTree = {};
  for (const { path, form, optional } of stack.needs) {
    if (!optional) put(tree, path.map(String), values[path.join(".")] ?? text(form));
  }
  return tree;
}

/** The keys and certificates that belong together. */
async function pairs(hosts: readonly string[]): Promise<Record<string, string>> {
  const server = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  const ssh = generateKeyPairSync("ed25519");
  const app = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  const certificate = await selfSigned({
    privateKeyPem: pem(server),
    subject: { commonName: `${EXAMPLE_MARK} certificate` },
    dnsNames: [...hosts],
    allowedUses: ["digital_signature", "server_auth"],
    validityPeriodHours: 24 * 365,
  });
  return {
    "tls.fullchain": certificate.pem,
    "tls.privkey": pem(server),
    "ssh.privateKey": privatePem(ssh.privateKey, ssh.publicKey),
    "ssh.publicKey": publicLine(ssh.publicKey),
    "githubApp.privateKey": pem(app),
    "centosmsg.certificate": `${certificate.pem}${pem(server)}`,
    "centosmsg.serverCa": certificate.pem,
  };
}

function text(form: SecretForm): string {
  switch (form) {
    case "appId":
      return "1";
    case "keytab":
      return exampleKeytab(EXAMPLE_MARK);
    case "host":
      return `${EXAMPLE_MARK}.invalid`;
    case "port":
      return "443";
    case "uuid":
      return randomUUID();
    case "url":
      return `https://${EXAMPLE_MARK}.invalid/1`;
    default:
      // Letters and digits only: some of these end up in addresses.
      return `${EXAMPLE_MARK}${randomBytes(16).toString("hex")}`;
  }
}

function pem(key: KeyObject): string {
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}

function put(tree: SecretTree, [name = "", ...rest]: readonly string[], value: string): void {
  if (rest.length === 0) {
    tree[name] = value;
    return;
  }
  const inner = tree[name];
  const branch = typeof inner === "object" ? inner : {};
  tree[name] = branch;
  put(branch, rest, value);
}
