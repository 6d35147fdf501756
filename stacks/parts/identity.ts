import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Identity, Settings } from "../settings";
import type { GivenSecrets } from "../settings/schema/secrets";
import type { SecretValues } from "./secret-values";

type Text = pulumi.Output<string>;

/** Namespace of the Secrets with the keys and tokens of identities. */
export const IDENTITY_NAMESPACE = "packit-test-instances";

/**
 * The secrets of a test instance that is somebody of the pool: what it is given stays, what the identity has takes
 * the place of what would be made up.
 *
 * The Secret's keys: `github-app.pem`, `fedora.keytab`, `id_ed25519`, `id_ed25519.pub`, `copr-login`, `copr-token`,
 * `token.<forge>` and `service.<name>`, such as `token.gitlab.com` and `service.webhookSecret`. Each may be missing.
 */
export function asIdentity(
  { identity }: Settings,
  given: GivenSecrets,
  values: SecretValues,
  opts: pulumi.CustomResourceOptions,
): SecretValues {
  if (identity === undefined) return values;
  const { keytab, ssh, githubApp, copr } = values;
  const from = keptIn(identity, opts);
  const fromEach = (prefix: string, texts: Readonly<Partial<Record<string, Text>>>, own: object = {}) =>
    Object.fromEntries(
      Object.entries(texts).flatMap(([key, text]) =>
        text === undefined ? [] : [[key, key in own ? text : from(`${prefix}.${key}`, text)] as const],
      ),
    );
  return {
    ...values,
    ...(keytab && given.keytab === undefined && { keytab: from("fedora.keytab", keytab, "base64") }),
    ...(given.ssh === undefined && {
      ssh: {
        privateKey: from("id_ed25519", ssh.privateKey),
        publicKey: from("id_ed25519.pub", ssh.publicKey),
      },
    }),
    forgeTokens: fromEach("token", values.forgeTokens, given.forgeTokens),
    service: fromEach("service", values.service, given.service),
    ...(githubApp &&
      given.githubApp === undefined && {
        githubApp: {
          id: identity.githubApp === undefined ? githubApp.id : pulumi.secret(identity.githubApp),
          privateKey: from("github-app.pem", githubApp.privateKey),
        },
      }),
    ...(copr &&
      given.copr === undefined && {
        copr: {
          login: from("copr-login", copr.login),
          username: identity.copr === undefined ? copr.username : pulumi.secret(identity.copr),
          token: from("copr-token", copr.token),
        },
      }),
    ...(identity.queue !== undefined &&
      given.messaging?.queue === undefined && {
        messaging: { ...values.messaging, queue: pulumi.secret(identity.queue) },
      }),
  };
}

/** What the identity's Secret has under a key, or something else where it has nothing. */
function keptIn(
  { secret }: Identity,
  opts: pulumi.CustomResourceOptions,
): (key: string, otherwise: Text, encoding?: "utf8" | "base64") => Text {
  if (secret === undefined) return (_key, otherwise) => otherwise;
  const { data } = k8s.core.v1.Secret.get("identity", `${IDENTITY_NAMESPACE}/${secret}`, opts);
  return (key, otherwise, encoding = "utf8") =>
    pulumi.secret(
      pulumi.all([data, otherwise]).apply(([kept, other]) => {
        const value = (kept as Readonly<Partial<Record<string, string>>>)[key];
        if (value === undefined) return other;
        return encoding === "base64" ? value : Buffer.from(value, "base64").toString("utf8");
      }),
    );
}
