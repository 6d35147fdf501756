import { generateKeyPairSync, type KeyObject } from "node:crypto";

import { privatePem, publicLine } from "../../../local/plugins/tls/openssh";
import { selfSigned } from "../../support/certificate";

/** A keytab with one entry of that many bytes, whose content nobody reads here. */
export function keytab(size = 20): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(size);
  return Buffer.concat([Buffer.from([5, 2]), length, Buffer.alloc(size, 7)]);
}

/** The two files of an SSH key. */
export function sshKey(): { readonly privateKey: string; readonly publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return {
    privateKey: privatePem(privateKey, publicKey),
    publicKey: `${publicLine(publicKey).trim()} packit@host`,
  };
}

/** A private key in the form that GitHub gives to its Apps. */
export function rsaKey(): string {
  return pem(generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey);
}

export function pem(key: KeyObject): string {
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}

/** A folder of the old layout with everything in it that production had, by file name. */
export async function oldLayout(): Promise<Record<string, string | Buffer>> {
  const tls = await selfSigned("prod.packit.dev");
  const bus = await selfSigned("packit");
  const { privateKey, publicKey } = sshKey();
  return {
    "extra-vars.yml": EXTRA_VARS,
    "packit-service.yaml": PACKIT_SERVICE,
    "fedora.toml": "[queues.0f3c1d6e-5a94-4b0c-8f0e-2f6f0a7c9d11]\ndurable = true\n",
    copr: "[copr-cli]\nlogin = lo;gin\nusername = packit\ntoken = to%%ken\ncopr_url = https://copr.example\n",
    "fullchain.pem": tls.certificate,
    "privkey.pem": tls.key,
    "private-key.pem": rsaKey(),
    "fedora.keytab": keytab(),
    id_ed25519: privateKey,
    "id_ed25519.pub": `${publicKey}\n`,
    "cacert.pem": bus.certificate,
    "fedora-cert.pem": bus.certificate,
    "fedora-key.pem": bus.key,
    "flower-htpasswd": "flower-boss:$apr1$x$y\n",
    ssh_config: "Host gitlab.com\n",
  };
}

const EXTRA_VARS = `---
aws:
  access_key_id: AKIAEXAMPLE
  secret_access_key: aws-secret
fedora_messaging:
  queue: 0f3c1d6e-5a94-4b0c-8f0e-2f6f0a7c9d11
flower:
  basic_auth: flower-boss:pass:word,second:other
packit_service:
  fas_password: 0123
  webhook_secret: "yes"
  testing_farm_secret: tf
  internal_testing_farm_secret: itf
  gitlab_token_secret: gts
postgres:
  user: packit
  password: pg
  host: postgres
  database: packit
redis_commander:
  user: rc
  password: rc-secret
sentry:
  dsn: ""
splunk:
  hec:
    host: splunk.example.com
    port: 443
    token: hec
logdetective:
  url: https://logdetective.example
  token: ld
`;

const PACKIT_SERVICE = `deployment: prod
server_name: prod.packit.dev
authentication:
  github.com:
    instance_url: https://github.com
    github_app_id: "29"
    github_app_private_key_path: /gh-secrets/private-key.pem
  gitlab.com:
    instance_url: https://gitlab.com
    token: 12345678
  src.fedoraproject.org:
    instance_url: https://src.fedoraproject.org
    token: pagure-token
    type: pagure
fas_password: 0123
`;
