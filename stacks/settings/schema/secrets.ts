import * as z from "zod";

import { certificate, password, pem, PRIVATE_KEY, privateKey, secret, user } from "./secret-values";
import { host, line, url } from "./values";

export type { SecretForm } from "./secret-values";

/** All secrets of a stack, under `packit:secrets`, by the purpose that they serve: who needs one sees no other (D25). */
export const secretsSchema = z.strictObject({
  tls: z
    .strictObject({
      fullchain: certificate("Certificate of the public hosts, with its chain."),
      privkey: privateKey("Key of the certificate."),
    })
    .exactOptional()
    .meta({ description: "For API, dashboard and nginx." }),
  keytab: secret(
    /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
    "keytab",
    "a Kerberos keytab in base64",
    "Keytab of the Fedora account, in base64. For workers.",
  ),
  ssh: z
    .strictObject({
      privateKey: pem(PRIVATE_KEY, "sshPrivateKey", "an SSH private key", "Key for dist-git and GitLab."),
      publicKey: secret(
        /^(?:ssh|ecdsa)-\S+ \S+(?: .*)?\s*$/,
        "sshPublicKey",
        "an SSH public key on one line",
        "Public half of that key.",
      ),
    })
    .exactOptional()
    .meta({ description: "For workers and beat." }),
  forgeTokens: z
    .record(line, line.meta({ form: "password", allowed: "text on one line" }))
    .exactOptional()
    .meta({ description: "Token of each forge, by the forge's name. For API and workers." }),
  githubApp: z
    .strictObject({
      id: secret(/^[0-9]+$/, "appId", "the number of a GitHub App", "Number of the GitHub App."),
      privateKey: privateKey("Key of the GitHub App."),
    })
    .exactOptional()
    .meta({ description: "The GitHub App that the instance is. For API and workers." }),
  service: z
    .strictObject({
      fasPassword: password("Password of the Fedora account."),
      webhookSecret: password("Secret with which GitHub signs webhooks."),
      testingFarmSecret: password("Token for Testing Farm, and of its notifications."),
      internalTestingFarmSecret: password("The same for the internal Testing Farm."),
      gitlabTokenSecret: password("Secret with which GitLab's webhook tokens are signed."),
      logdetectiveToken: password("Token for Log Detective."),
      redhatApiRefreshToken: password("Token for the image builder."),
    })
    .exactOptional()
    .meta({ description: "Secret part of packit-service.yaml. For API, workers and beat." }),
  copr: z
    .strictObject({
      login: secret(/^\S+$/, "coprLogin", "text without spaces", "Login of Copr's API."),
      username: user("Copr account, which owns the projects that the instance makes."),
      token: password("Token of Copr's API."),
    })
    .exactOptional()
    .meta({ description: "For workers." }),
  messaging: z
    .strictObject({
      queue: secret(
        /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
        "uuid",
        "a UUID in small letters",
        "Name of the queue, which no two instances may share.",
      ),
      ca: certificate("Certificate authority of the broker; the image's own files without all three."),
      cert: certificate("Certificate of the client."),
      key: privateKey("Key of the client's certificate."),
    })
    .exactOptional()
    .meta({ description: "For fedmsg." }),
  centosmsg: z
    .strictObject({
      certificate: pem(
        /^(?=[\s\S]*-----BEGIN CERTIFICATE-----)(?=[\s\S]*-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----)[\s\S]+-----\s*$/,
        "certificateAndKey",
        "a certificate and its private key in PEM, one after the other",
        "Certificate of the client and its key in one file, as CentOS's account system makes it.",
      ),
      serverCa: certificate("Certificate authority of the broker."),
    })
    .exactOptional()
    .meta({ description: "For centosmsg." }),
  database: z
    .strictObject({
      user: user("Owner of the database."),
      password: password("The owner's password."),
    })
    .exactOptional()
    .meta({ description: "For PostgreSQL, API, workers and beat." }),
  keyValue: z
    .strictObject({ password: password("Password of the key-value store.") })
    .exactOptional()
    .meta({ description: "For the store and everything that uses queues." }),
  redisCommander: z
    .strictObject({
      user: user("Who may look into the key-value store."),
      password: password("That user's password."),
    })
    .exactOptional()
    .meta({ description: "For redis-commander." }),
  splunk: z
    .strictObject({
      host: host
        .exactOptional()
        .meta({ form: "host", description: "Host of Splunk's HTTP event collector." }),
      port: secret(/^[0-9]{1,5}$/, "port", "a port", "Port of the collector."),
      token: password("Token of the collector."),
    })
    .exactOptional()
    .meta({ description: "For the sidecar that sends logs." }),
  flower: z
    .strictObject({
      users: z
        .record(
          z
            .string()
            .regex(/^[^\s:]+$/)
            .meta({ allowed: "a name without spaces and colons" }),
          line.meta({ form: "password", allowed: "text on one line" }),
        )
        .exactOptional()
        .meta({ description: "Passwords by user." }),
    })
    .exactOptional()
    .meta({ description: "Who may see Flower. For nginx." }),
  aws: z
    .strictObject({
      accessKeyId: user("Key for the nightly backup."),
      secretAccessKey: password("Secret of that key."),
    })
    .exactOptional()
    .meta({ description: "The bucket of the backups. For the database's backup." }),
  sentry: z
    .strictObject({
      dsn: url.exactOptional().meta({ form: "url", description: "Where errors are reported." }),
    })
    .exactOptional()
    .meta({ description: "Error reports; none without. For the Python components." }),
  repository: z
    .record(
      z
        .string()
        .regex(/^(?!GITHUB_)[A-Z_][A-Z0-9_]*$/)
        .meta({ allowed: "capital letters, digits and underscores, not beginning with GITHUB_" }),
      line.meta({ form: "password", allowed: "text on one line" }),
    )
    .exactOptional()
    .meta({ description: "Secrets of the workflows of a test instance's own repository, by name." }),
});

/** Secrets as a stack is given them. */
export type GivenSecrets = z.infer<typeof secretsSchema>;
