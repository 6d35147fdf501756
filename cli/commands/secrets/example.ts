import { type Tree, valueAt } from "../../../stacks/settings/tree";
import type { ProjectPaths } from "../../paths";
import { progress } from "../../report";
import { type Change, dotted, leavesOf } from "./leaves";
import { readSecrets, storeSecrets } from "./store";
import { secretsSubject } from "./subject";

/** Purposes whose secrets only fit each other. */
const PAIRS: ReadonlySet<unknown> = new Set(["tls", "ssh"]);

/**
 * Makes up what is missing of an environment's secrets, for trials on the local control plane. They are stored,
 * encrypted, in the environment's local file; the tracked one stays as it is.
 *
 * @throws Error when the stack goes to a real cluster, or makes its own secrets anyway.
 */
export async function exampleSecrets(
  paths: ProjectPaths,
  name: string,
  options: { readonly local: boolean },
): Promise<number> {
  const subject = await secretsSubject(paths, name, options.local);
  if (!subject.local) throw new Error(`${name} goes to a real cluster: made-up secrets are for LOCAL=1 only`);
  if (subject.stack.kind === "test-instance")
    throw new Error(`${name} is a test instance, which makes its own secrets`);
  const stored = await readSecrets(subject);
  // It brings a library for certificates with it, which no other command needs.
  const made = await import("../../../local/example-secrets.js");
  const changes = lacking(stored, leavesOf(await made.exampleSecrets(subject.rules)));
  if (changes.length > 0) await storeSecrets(subject, stored, changes);
  const names = changes.map(({ path }) => dotted(path)).join(", ");
  progress(changes.length > 0 ? `made up the secrets of ${name}: ${names}` : `${name} has all secrets`);
  return 0;
}

function lacking(stored: Tree, made: readonly Change[]): readonly Change[] {
  const absent = made.filter(({ path }) => valueAt(stored, path) === undefined);
  const purposes = new Set(
    absent.map(({ path: [purpose] }) => purpose).filter((purpose) => PAIRS.has(purpose)),
  );
  return made.filter((change) => absent.includes(change) || purposes.has(change.path[0]));
}
