import * as pulumi from "@pulumi/pulumi";

import type { SecretKey } from "../platform/container";
import { SecretFiles } from "../platform/files";
import type { Site } from "../platform/site";
import { DATABASE_KEYS, type Database, type Sentry } from "./connections";

type Text = pulumi.Input<string>;

/** The Secrets of one instance, one a purpose (D25): each is made when its method is called. */
export class Secrets {
  constructor(
    private readonly site: Site,
    private readonly opts: pulumi.CustomResourceOptions,
  ) {}

  /** Certificate and key for the public hosts: for API, dashboard and nginx. */
  tls(files: { readonly fullchain: Text; readonly privkey: Text }): SecretFiles {
    return this.make("packit-tls", { "fullchain.pem": files.fullchain, "privkey.pem": files.privkey });
  }

  /**
   * Kerberos key of the Fedora account: for workers.
   *
   * @param base64 - The file in base64.
   */
  keytab(base64: Text): SecretFiles {
    return new SecretFiles(
      "packit-keytab",
      { site: this.site, data: {}, binary: { "fedora.keytab": base64 } },
      this.opts,
    );
  }

  /** SSH key, and the `ssh_config` that says where it is used: for workers and beat. */
  ssh(files: { readonly privateKey: Text; readonly publicKey: Text; readonly config: Text }): SecretFiles {
    return this.make("packit-ssh", {
      id_ed25519: files.privateKey,
      "id_ed25519.pub": files.publicKey,
      config: files.config,
    });
  }

  /** The service's own configuration, with the forges' tokens: for API, workers and beat. */
  config(packitService: Text): SecretFiles {
    return this.make("packit-config", { "packit-service.yaml": packitService });
  }

  /** Account of Copr: for workers. */
  copr(config: Text): SecretFiles {
    return this.make("packit-copr", { copr: config });
  }

  /** Configuration of the listener to the message bus. */
  messaging(fedoraToml: Text): SecretFiles {
    return this.make("fedora-messaging", { "fedora.toml": fedoraToml });
  }

  /** Certificate of the listener to the message bus, in place of the image's. */
  messagingCertificate(files: { readonly ca: Text; readonly key: Text; readonly cert: Text }): SecretFiles {
    return this.make("fedora-messaging-certificate", {
      "cacert.pem": files.ca,
      "fedora-key.pem": files.key,
      "fedora-cert.pem": files.cert,
    });
  }

  /** Settings for packages of CentOS SIGs, with a token: for API and workers. */
  centpkgSig(config: Text): SecretFiles {
    return this.make("centpkg-sig", { "centpkg-sig.conf": config });
  }

  /** Key of the GitHub App: for API and workers. */
  githubApp(privateKey: Text): SecretFiles {
    return this.make("github-app-private-key", { "private-key.pem": privateKey });
  }

  /** Where errors are reported. */
  sentry(dsn: Text): Sentry {
    return { dsn: this.value("sentry", "dsn", dsn) };
  }

  /** Where the database is, and who may use it: for the database itself, API, workers and beat. */
  database(access: {
    readonly user: Text;
    readonly password: Text;
    readonly host: Text;
    readonly name: Text;
  }): Database & { readonly secret: SecretFiles } {
    return {
      secret: this.make("postgres-secret", {
        [DATABASE_KEYS.user]: access.user,
        [DATABASE_KEYS.password]: access.password,
        [DATABASE_KEYS.host]: access.host,
        [DATABASE_KEYS.name]: access.name,
      }),
    };
  }

  /** Access to the bucket of backups: for the workers that make them. */
  aws(access: { readonly accessKeyId: Text; readonly secretAccessKey: Text }): SecretFiles {
    return this.make("aws", {
      "access-key-id": access.accessKeyId,
      "secret-access-key": access.secretAccessKey,
    });
  }

  /** Address of the broker with its password: for Flower, which takes them in no other form. */
  brokerUrl(access: { readonly host: Text; readonly password: Text }): SecretKey {
    const url = pulumi.interpolate`redis://:${access.password}@${access.host}:6379/0`;
    return this.value("flower-broker", "url", url);
  }

  /** Who may see Flower: for nginx. */
  htpasswd(lines: Text): SecretFiles {
    return this.make("flower-htpasswd", { htpasswd: lines });
  }

  private value(name: string, key: string, value: Text): SecretKey {
    return { from: this.make(name, { [key]: value }), key };
  }

  private make(name: string, data: Readonly<Record<string, Text>>): SecretFiles {
    return new SecretFiles(name, { site: this.site, data }, this.opts);
  }
}
