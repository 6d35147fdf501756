import * as pulumi from "@pulumi/pulumi";

import { keyValuePassword, PASSWORD_KEY } from "../../components/data/key-value-password";
import { htpasswdOf } from "../../components/edge/htpasswd";
import { centpkgSigConfig } from "../../components/packit/config/centpkg";
import { coprConfig } from "../../components/packit/config/copr";
import { distGitHost, packitHosts, sshConfig } from "../../components/packit/config/ssh";
import { DATABASE_KEYS } from "../../components/packit/connections";
import { SSH_IDENTITY_PATH } from "../../components/packit/paths";
import type { SecretKey } from "../../components/platform/container";
import { ConfigFiles, SecretFiles } from "../../components/platform/files";
import type { Site } from "../../components/platform/site";
import type { Settings } from "../settings";
import { serviceOf } from "../settings/services";
import { packitServiceFile } from "./packit-service-file";
import type { SecretValues } from "./secret-values";

/** The Secrets that several components read, one a purpose (D25). */
export interface SharedSecrets {
  /** `packit-service.yaml`. */
  readonly config: SecretFiles;
  readonly tls: SecretFiles;
  readonly keytab?: SecretFiles;
  /** With `config` in it for Packit, whose running environments have it there. */
  readonly ssh: SecretFiles;
  /** The same file where it lies apart, since it is not secret. */
  readonly sshConfig?: ConfigFiles;
  readonly copr?: SecretFiles;
  readonly database: SecretFiles;
  readonly keyValue: SecretFiles;
  readonly githubApp?: SecretFiles;
  readonly centpkgSig?: SecretFiles;
  readonly aws?: SecretFiles;
  readonly sentry?: { readonly dsn: SecretKey };
}

/** Host name of the database's Service. */
export const DATABASE_HOST = "postgres";

/** Name of the Secret of each purpose; those of the old deployment where the purpose is the same. */
export function sharedSecrets(
  site: Site,
  settings: Settings,
  values: SecretValues,
  opts: pulumi.CustomResourceOptions,
): SharedSecrets {
  const files = (name: string, data: Record<string, pulumi.Input<string>>): SecretFiles =>
    new SecretFiles(name, { site, data }, opts);
  const { tls, keytab, ssh, copr, database, githubApp, aws, sentry } = values;
  const isPackit = serviceOf(settings.stack) === "packit";
  const isFedoraCi = serviceOf(settings.stack) === "fedora-ci";
  // Only Packit has to do with SIGs, though others have a token of gitlab.com as well (D34).
  const gitlabToken = isPackit ? values.forgeTokens["gitlab.com"] : undefined;
  const { fasUser } = settings.service;
  return {
    config: files("packit-config", { "packit-service.yaml": packitServiceFile(settings, values) }),
    tls: files("packit-tls", { "fullchain.pem": tls.fullchain, "privkey.pem": tls.privkey }),
    ...(keytab && {
      keytab: new SecretFiles("packit-keytab", { site, data: {}, binary: { "fedora.keytab": keytab } }, opts),
    }),
    ssh: files("packit-ssh", {
      id_ed25519: ssh.privateKey,
      "id_ed25519.pub": ssh.publicKey,
      ...(isPackit &&
        fasUser !== undefined && { config: sshConfig(packitHosts(fasUser, SSH_IDENTITY_PATH)) }),
    }),
    ...(isFedoraCi &&
      fasUser !== undefined && {
        sshConfig: new ConfigFiles(
          "packit-ssh-config",
          { site, data: { config: sshConfig([distGitHost(fasUser, SSH_IDENTITY_PATH)]) } },
          opts,
        ),
      }),
    ...(copr && { copr: files("packit-copr", { copr: pulumi.output(copr).apply(coprConfig) }) }),
    database: files("postgres-secret", {
      [DATABASE_KEYS.user]: database.user,
      [DATABASE_KEYS.password]: database.password,
      [DATABASE_KEYS.host]: DATABASE_HOST,
      [DATABASE_KEYS.name]: settings.database.name,
    }),
    keyValue: keyValuePassword("key-value-password", { site, password: values.keyValue.password }, opts),
    ...(githubApp && {
      githubApp: files("github-app-private-key", { "private-key.pem": githubApp.privateKey }),
    }),
    ...(gitlabToken && {
      centpkgSig: files("centpkg-sig", { "centpkg-sig.conf": gitlabToken.apply(centpkgSigConfig) }),
    }),
    ...(aws && {
      aws: files("aws", { "access-key-id": aws.accessKeyId, "secret-access-key": aws.secretAccessKey }),
    }),
    ...(sentry && { sentry: { dsn: { from: files("sentry", { dsn: sentry.dsn }), key: "dsn" } } }),
  };
}

/** The broker's password, for those who take it from their environment. */
export function brokerPassword({ keyValue }: SharedSecrets): SecretKey {
  return { from: keyValue, key: PASSWORD_KEY };
}

/** Who may see Flower. */
export function flowerUsers(
  site: Site,
  values: SecretValues,
  opts: pulumi.CustomResourceOptions,
): SecretFiles {
  const users = htpasswdOf(site.instance, values.flower);
  return new SecretFiles("flower-htpasswd", { site, data: { htpasswd: users } }, opts);
}

/**
 * The broker's address with its password in it, for those who take it in no other form.
 *
 * @param name - Name of the Secret, for example `flower-broker`.
 */
export function brokerUrl(
  name: string,
  site: Site,
  settings: Settings,
  values: SecretValues,
  opts: pulumi.CustomResourceOptions,
): SecretKey {
  const url = pulumi.interpolate`redis://:${values.keyValue.password}@${settings.keyValue.hostname}:6379/0`;
  const from = new SecretFiles(name, { site, data: { "broker-url": url } }, opts);
  return { from, key: "broker-url" };
}
