import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Settings } from "../settings";
import type { GivenSecrets } from "../settings/schema/secrets";
import { FLOWER_USER, secretsNeeded } from "../settings/secrets";
import { secrets, whole } from "./given";
import { MadeUp, type Certificate, type SshKeyPair } from "./made-up";

type Text = pulumi.Output<string>;

/** The secrets of a stack by purpose, each marked secret; what is absent is not used. */
export interface SecretValues {
  readonly tls: Certificate;
  /** Base64. */
  readonly keytab?: Text;
  readonly ssh: SshKeyPair;
  /** Token by forge. */
  readonly forgeTokens: Readonly<Record<string, Text>>;
  readonly githubApp?: { readonly id: Text; readonly privateKey: Text };
  readonly service: Readonly<Partial<Record<keyof NonNullable<GivenSecrets["service"]>, Text>>>;
  readonly copr?: { readonly login: Text; readonly username: Text; readonly token: Text };
  readonly messaging: { readonly queue: Text; readonly certificate?: MessagingFiles };
  /** Certificate and key of the client in one, and the authority of the broker. */
  readonly centosmsg?: { readonly certificate: Text; readonly serverCa: Text };
  readonly database: { readonly user: Text; readonly password: Text };
  readonly keyValue: { readonly password: Text };
  /** Password of Flower by user. */
  readonly flower: Readonly<Record<string, Text>>;
  /** Who may use redis-commander. */
  readonly redisCommander?: { readonly user: Text; readonly password: Text };
  readonly splunk?: { readonly host: Text; readonly port: Text; readonly token: Text };
  readonly aws?: { readonly accessKeyId: Text; readonly secretAccessKey: Text };
  readonly sentry?: { readonly dsn: Text };
}

/** The client certificate of the message bus. */
export interface MessagingFiles {
  readonly ca: Text;
  readonly cert: Text;
  readonly key: Text;
}

/** A keytab without entries: the format's version, and nothing. */
const EMPTY_KEYTAB = "BQI=";

/**
 * The secrets that a stack is given, and made-up ones in place of those that it lacks. The settings have refused
 * already what an environment must be given and is not, so only development makes any up.
 */
export function secretValues(
  settings: Settings,
  given: GivenSecrets,
  opts: pulumi.CustomResourceOptions,
): SecretValues {
  const made = new MadeUp(opts);
  const required = requiredSecrets(settings);
  const keytab = given.keytab ?? (required.has("keytab") ? EMPTY_KEYTAB : undefined);
  const copr =
    whole(given.copr, "login", "username", "token") ??
    (required.has("copr.login") ? madeUpCopr(settings, made) : undefined);
  const aws = settings.backup.enabled ? whole(given.aws, "accessKeyId", "secretAccessKey") : undefined;
  const sentry = whole(given.sentry, "dsn");
  const centosmsg = whole(given.centosmsg, "certificate", "serverCa");
  const splunk = whole(given.splunk, "host", "port", "token");
  const certificate = messagingCertificate(given);
  return {
    tls:
      whole(given.tls, "fullchain", "privkey") ??
      wildcardCertificate(settings, opts) ??
      made.certificate("tls", Object.values(settings.hosts)),
    ...(keytab !== undefined && { keytab: pulumi.secret(keytab) }),
    ssh: whole(given.ssh, "privateKey", "publicKey") ?? made.sshKey("ssh"),
    forgeTokens: forgeTokens(settings, given, made),
    ...(usesGithubApp(settings) && {
      githubApp: whole(given.githubApp, "id", "privateKey") ?? {
        id: pulumi.secret("1"),
        privateKey: made.rsaKey("github-app"),
      },
    }),
    service: serviceSecrets(required, given, made),
    ...(copr && { copr }),
    messaging: {
      queue: whole(given.messaging, "queue")?.queue ?? made.uuid("messaging-queue"),
      ...(certificate && { certificate }),
    },
    database: {
      user: pulumi.secret(given.database?.user ?? "packit"),
      password: whole(given.database, "password")?.password ?? made.password("database-password"),
    },
    keyValue: whole(given.keyValue, "password") ?? { password: made.password("key-value-password") },
    flower: secrets(given.flower?.users) ?? { [FLOWER_USER]: made.password("flower-password") },
    ...redisCommanderLogin(settings, given, made),
    ...(centosmsg && { centosmsg }),
    ...(splunk && { splunk }),
    ...(aws && { aws }),
    ...(sentry && { sentry }),
  };
}

/** A forge where the instance is a GitHub App needs no token. */
function forgeTokens({ forges }: Settings, given: GivenSecrets, made: MadeUp): Record<string, Text> {
  return Object.fromEntries(
    forges.flatMap(({ name, githubApp }) => {
      const token = given.forgeTokens?.[name];
      if (token !== undefined) return [[name, pulumi.secret(token)] as const];
      return githubApp === true ? [] : [[name, made.password(`token-${name}`)] as const];
    }),
  );
}

/** What the service cannot do without, as `copr.login`. */
function requiredSecrets(settings: Settings): ReadonlySet<string> {
  return new Set(
    secretsNeeded(settings)
      .filter(({ optional }) => !optional)
      .map(({ path }) => path.join(".")),
  );
}

function madeUpCopr({ stack }: Settings, made: MadeUp): NonNullable<SecretValues["copr"]> {
  return {
    login: made.password("copr-login"),
    username: pulumi.secret(`packit-${stack.name}`),
    token: made.password("copr-token"),
  };
}

function serviceSecrets(
  required: ReadonlySet<string>,
  given: GivenSecrets,
  made: MadeUp,
): SecretValues["service"] {
  const names = [...required].flatMap((path) => /^service\.(.+)$/.exec(path)?.[1] ?? []);
  const passwords: Readonly<Record<string, string | undefined>> = given.service ?? {};
  const madeUp = names.filter((name) => passwords[name] === undefined);
  return {
    ...Object.fromEntries(madeUp.map((name) => [name, made.password(name)])),
    ...secrets(given.service),
  };
}

function messagingCertificate({ messaging }: GivenSecrets): MessagingFiles | undefined {
  return whole(messaging, "ca", "cert", "key");
}

/** The certificate in a Secret of the cluster that the settings name. */
function wildcardCertificate(
  { wildcardCertificate: place }: Settings,
  opts: pulumi.CustomResourceOptions,
): Certificate | undefined {
  if (place === undefined) return undefined;
  const { data } = k8s.core.v1.Secret.get("wildcard-certificate", `${place.namespace}/${place.secret}`, opts);
  const text = (key: string): Text =>
    pulumi.secret(data.apply((values) => Buffer.from(values[key] ?? "", "base64").toString("utf8")));
  return { fullchain: text("tls.crt"), privkey: text("tls.key") };
}

function usesGithubApp({ components, forges }: Settings): boolean {
  return components.tokman || forges.some(({ githubApp }) => githubApp === true);
}

/** Nothing is made up for a component that is not there. */
function redisCommanderLogin(
  { components }: Settings,
  given: GivenSecrets,
  made: MadeUp,
): Pick<SecretValues, "redisCommander"> {
  if (!components.redisCommander) return {};
  const user = "redis-commander";
  return {
    redisCommander: whole(given.redisCommander, "user", "password") ?? {
      user: pulumi.secret(user),
      password: made.password(`${user}-password`),
    },
  };
}
