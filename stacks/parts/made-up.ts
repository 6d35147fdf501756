import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import * as tls from "@pulumi/tls";

/** How long a made-up certificate holds: longer than any test instance lives. */
const CERTIFICATE_HOURS = 24 * 365;

/** The files of an SSH key. */
export interface SshKeyPair {
  readonly privateKey: pulumi.Output<string>;
  readonly publicKey: pulumi.Output<string>;
}

/** The files of a certificate for TLS. */
export interface Certificate {
  readonly fullchain: pulumi.Output<string>;
  readonly privkey: pulumi.Output<string>;
}

/** Secrets that a stack makes for itself, once, kept in its state. */
export class MadeUp {
  constructor(private readonly opts: pulumi.CustomResourceOptions) {}

  /** Letters and digits, so that it can stand in addresses and files of any format. */
  password(name: string): pulumi.Output<string> {
    return new random.RandomPassword(name, { length: 32, special: false }, this.opts).result;
  }

  uuid(name: string): pulumi.Output<string> {
    return new random.RandomUuid(name, {}, this.opts).result;
  }

  sshKey(name: string): SshKeyPair {
    const key = new tls.PrivateKey(name, { algorithm: "ED25519" }, this.opts);
    return { privateKey: key.privateKeyOpenssh, publicKey: key.publicKeyOpenssh };
  }

  /** A private key in the form that GitHub gives to its Apps. */
  rsaKey(name: string): pulumi.Output<string> {
    return new tls.PrivateKey(name, { algorithm: "RSA", rsaBits: 2048 }, this.opts).privateKeyPem;
  }

  /**
   * Signed by itself: browsers warn, and forges refuse to send webhooks to it.
   *
   * @param whose - The field is limited to 64 characters, which a host may exceed; clients look at the hosts anyway.
   */
  certificate(name: string, hosts: readonly string[], whose = "Packit test instance"): Certificate {
    const key = new tls.PrivateKey(name, { algorithm: "ECDSA", ecdsaCurve: "P256" }, this.opts);
    const certificate = new tls.SelfSignedCert(
      name,
      {
        privateKeyPem: key.privateKeyPem,
        subject: { commonName: whose },
        dnsNames: [...hosts],
        allowedUses: ["digital_signature", "server_auth"],
        validityPeriodHours: CERTIFICATE_HOURS,
      },
      this.opts,
    );
    return { fullchain: certificate.certPem, privkey: key.privateKeyPem };
  }
}
