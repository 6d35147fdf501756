import * as pulumi from "@pulumi/pulumi";

import type { Application } from "../../components/packit/application";
import type { Sentry } from "../../components/packit/connections";
import { Tokman } from "../../components/packit/tokman";
import type { Site } from "../../components/platform/site";
import type { Settings } from "../settings";
import type { Images } from "./images";
import type { SharedSecrets } from "./secret-files";
import type { SecretValues } from "./secret-values";
import { workerNames } from "./workers";

/** Tokman, where it is wanted. It takes the App's number from the secrets alone (D35). */
export function tokman(
  settings: Settings,
  supplies: {
    readonly site: Site;
    readonly application: Application;
    readonly sentry?: Sentry | undefined;
  },
  images: Images,
  { githubApp: key }: SharedSecrets,
  { githubApp }: SecretValues,
  opts: pulumi.ComponentResourceOptions,
): void {
  if (!settings.components.tokman || key === undefined || githubApp === undefined) return;
  const { workers, storage, ...resources } = settings.tokman;
  const clients = ["packit-service", ...workerNames(settings)];
  new Tokman(
    "tokman",
    {
      ...supplies,
      image: images.of("tokman"),
      githubApp: { id: githubApp.id, key },
      clients,
      workers,
      storage,
      resources,
    },
    opts,
  );
}
