import * as pulumi from "@pulumi/pulumi";

import { endpointUrl } from "../../../components/copr/config/addresses";
import type { Storage } from "../../../components/copr/config/instance";
import { pulpClientConfig, symmetricKey } from "../../../components/copr/config/pulp";
import { PULP, PULP_PORT } from "../../../components/copr/connections";
import { CoprPulp, PULP_SECRETS } from "../../../components/copr/pulp";
import { SecretFiles } from "../../../components/platform/files";
import type { Site } from "../../../components/platform/site";
import type { GeneratedName } from "../../settings/copr/generated";
import type { CoprSettings } from "../../settings/copr/settings";
import { databaseName } from "../../settings/images";
import { guaranteed } from "../data";
import { MadeUp } from "../made-up";
import { imageOf } from "./images";

/** Where packages are, and what there is of Pulp. */
export interface CoprStorage {
  /** What frontend, backend and the server of results are told (B26). */
  readonly storage: Storage;
  /** Component that policies name; undefined: there is no Pulp. */
  readonly component?: string;
  /** The backend's way to log in. */
  readonly client?: SecretFiles;
  readonly after: readonly pulumi.Resource[];
}

/** One choice drives everything that has to know where packages are: with `pulp`, Pulp itself too (B26). */
export function coprStorage(
  site: Site,
  settings: CoprSettings,
  opts: pulumi.ComponentResourceOptions,
): CoprStorage {
  if (settings.resultStorage === "backend") return { storage: { kind: "backend" }, after: [] };
  const { database, images, pulp } = settings;
  const made = new MadeUp(opts);
  const password = (name: GeneratedName): pulumi.Output<string> => made.password(name);
  const files = (name: string, data: Record<string, pulumi.Input<string>>): SecretFiles =>
    new SecretFiles(name, { site, data }, opts);
  const adminPassword = password("pulp-admin-password");
  const component = new CoprPulp(
    PULP,
    {
      site,
      image: imageOf(images.pulp),
      frontImage: imageOf(images.results),
      secrets: files("copr-pulp-secrets", {
        [PULP_SECRETS.secretKey]: password("pulp-secret-key"),
        [PULP_SECRETS.adminPassword]: adminPassword,
        [PULP_SECRETS.databaseKey]: password("pulp-database-key").apply(symmetricKey),
      }),
      database: {
        name: `${PULP}-${databaseName(database.version)}`,
        image: imageOf(database.image),
        credentials: files(`${PULP}-credentials`, {
          "database-user": "pulp",
          "database-password": password("pulp-database-password"),
          "database-name": "pulp",
        }),
        storage: pulp.databaseStorage,
        resources: guaranteed(database),
      },
      storage: pulp.storage,
      resources: pulp,
    },
    opts,
  );
  const service = { host: PULP, port: PULP_PORT };
  const text = adminPassword.apply((secret) => pulpClientConfig(endpointUrl(service), secret));
  return {
    storage: { kind: "pulp", service },
    component: PULP,
    client: files("copr-pulp-client", { "cli.toml": text }),
    after: [component],
  };
}
