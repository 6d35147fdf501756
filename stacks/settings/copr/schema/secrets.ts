import * as z from "zod";

import { certificate, password, privateKey, user } from "../../schema/secret-values";

/** A key for AWS. */
const accessKey = (what: string) => ({
  accessKeyId: user(`Key ${what}.`),
  secretAccessKey: password("Secret of that key."),
});

/** What only others can issue, under `packit:secrets`. The stack makes all its other secrets itself. */
export const coprSecretsSchema = z.strictObject({
  tls: z
    .strictObject({
      fullchain: certificate("Certificate of the public hosts, with its chain."),
      privkey: privateKey("Key of the certificate."),
    })
    .exactOptional()
    .meta({ description: "For the hosts, with `certificates.source: given`." }),
  oidc: z
    .strictObject({
      clientSecret: password("Password of this Copr at the provider."),
    })
    .exactOptional()
    .meta({ description: "For the frontend, with `login.oidc`." }),
  aws: z
    .strictObject(accessKey("with whose rights is deployed"))
    .exactOptional()
    .meta({ description: "For the deployment alone; nothing that runs gets it." }),
  backup: z
    .strictObject(accessKey("for the nightly backup"))
    .exactOptional()
    .meta({ description: "The bucket of the backups. For the backup's jobs." }),
  mail: z
    .strictObject({ user: user("User of the relay."), password: password("The user's password.") })
    .exactOptional()
    .meta({ description: "For the relay." }),
});

/** Secrets as a Copr stack is given them. */
export type GivenCoprSecrets = z.infer<typeof coprSecretsSchema>;
