import type { Finding } from "./errors";
import { setSecretCommand } from "./fixes";
import type { StackName } from "./names";
import type { SecretNeed } from "./secret-needs";
import { settingKey, type Tree, valueAt } from "./tree";

/** What every text begins with that `make example-secrets` makes up. */
export const EXAMPLE_MARK = "example";

/** The realm of the keytab that it makes up. */
export const EXAMPLE_REALM = "EXAMPLE.INVALID";

/** A stack, and where it goes: without a cluster, to this machine. */
interface Placed {
  readonly stack: StackName;
  readonly cluster?: object;
}

/** Made-up secrets that were given to a stack on a real cluster, where they protect nothing. */
export function madeUpSecrets(
  { stack, cluster }: Placed,
  needs: readonly SecretNeed[],
  given: Tree,
): readonly Finding[] {
  if (cluster === undefined) return [];
  return needs
    .filter(({ path }) => {
      const value = valueAt(given, path);
      return typeof value === "string" && value.startsWith(EXAMPLE_MARK);
    })
    .map(({ path }) => ({
      key: settingKey(["secrets", ...path]),
      problem: "is an example, made up for trials on this machine",
      fix: setSecretCommand(stack, ["secrets", ...path]),
    }));
}

/** A trial of an environment on this machine does with secrets that are made up, all by one command. */
export function lackingSecrets({ stack, cluster }: Placed, missing: readonly Finding[]): readonly Finding[] {
  if (cluster !== undefined || missing.length === 0) return missing;
  const names = missing.map(({ key }) => key.replace(/^packit:secrets\./, ""));
  return [
    {
      key: "packit:secrets",
      problem: `lacks ${names.join(", ")}`,
      fix: `make example-secrets STACK=${stack.name} LOCAL=1`,
    },
  ];
}
