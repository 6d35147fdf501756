import * as pulumi from "@pulumi/pulumi";

import type { FrontendSecrets } from "../../../components/copr/frontend-application";
import { SecretFiles } from "../../../components/platform/files";
import type { Site } from "../../../components/platform/site";
import type { CoprInput } from "../../settings/copr/load";
import type { GeneratedName } from "../../settings/copr/generated";
import { whole } from "../given";
import { MadeUp, type SshKeyPair } from "../made-up";

/** The database's user, who owns it and is no superuser. */
const DATABASE_USER = "copr-fe";

/** A Copr's secrets, one Secret a purpose (D25), and the values from which components make files of their own. */
export interface CoprSecrets {
  readonly frontend: FrontendSecrets;
  /** Keys `database-user`, `database-password` and `database-name`. */
  readonly database: SecretFiles;
  /** What backend and dist-git send to the frontend. */
  readonly backendPassword: pulumi.Output<string>;
  /** The key that builders let in. */
  readonly builderSsh: SshKeyPair;
  /** The key `id` of that, in a Secret. */
  readonly builderKey: SecretFiles;
  /** Keys `user` and `password` for the relay of mail, where it asks for them. */
  readonly mail?: SecretFiles;
}

/** Makes what nobody else issues, and files what is given. */
export function coprSecrets(
  site: Site,
  { settings, secrets: given }: CoprInput,
  opts: pulumi.CustomResourceOptions,
): CoprSecrets {
  const made = new MadeUp(opts);
  const password = (name: GeneratedName): pulumi.Output<string> => made.password(name);
  const files = (name: string, data: Record<string, pulumi.Input<string>>): SecretFiles =>
    new SecretFiles(name, { site, data }, opts);
  const backendPassword = password("backend-password");
  const builderSsh = made.sshKey("builder-ssh" satisfies GeneratedName);
  const database = files("copr-database", {
    "database-user": DATABASE_USER,
    "database-password": password("database-password"),
    "database-name": settings.database.name,
  });
  const own = files("copr-frontend-secrets", {
    "secret-key": password("frontend-secret-key"),
    "backend-password": backendPassword,
  });
  const oidc = whole(given.oidc, "clientSecret");
  const mail = whole(given.mail, "user", "password");
  return {
    database,
    backendPassword,
    builderSsh,
    builderKey: files("copr-builder-key", { id: builderSsh.privateKey }),
    ...(mail !== undefined && settings.mail.relay !== undefined && { mail: files("copr-mail-user", mail) }),
    frontend: {
      database,
      secretKey: { from: own, key: "secret-key" },
      backendPassword: { from: own, key: "backend-password" },
      ...(oidc !== undefined && {
        oidc: {
          from: files("copr-oidc", { "client-secret": oidc.clientSecret }),
          key: "client-secret",
        },
      }),
    },
  };
}
