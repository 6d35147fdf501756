import type { Finding } from "./errors";
import { setSecretCommand } from "./fixes";
import type { GivenSecrets } from "./schema/secrets";
import { secretsNeeded } from "./secrets";
import type { Settings } from "./settings";
import { settingKey, valueAt } from "./tree";

/** What every text begins with that `make example-secrets` makes up. */
export const EXAMPLE_MARK = "example";

/** Made-up secrets that were given to a stack on a real cluster, where they protect nothing. */
export function madeUpSecrets(settings: Settings, given: GivenSecrets): readonly Finding[] {
  if (settings.cluster === undefined) return [];
  return secretsNeeded(settings)
    .filter(({ path }) => {
      const value = valueAt(given, path);
      return typeof value === "string" && value.startsWith(EXAMPLE_MARK);
    })
    .map(({ path }) => ({
      key: settingKey(["secrets", ...path]),
      problem: "is an example, made up for trials on this machine",
      fix: setSecretCommand(settings.stack, ["secrets", ...path]),
    }));
}
