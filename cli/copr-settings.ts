import { filesIn } from "../stacks/settings";
import { examineCoprSettings } from "../stacks/settings/copr/load";
import type { CoprSettings } from "../stacks/settings/copr/settings";
import { refuse, SettingsError } from "../stacks/settings/errors";
import type { CoprStackName } from "../stacks/settings/names";
import { readPlainFile } from "../stacks/settings/plain-files";
import { overlay, settingKey } from "../stacks/settings/tree";
import type { ProjectPaths } from "./paths";
import { SOME_CLUSTER } from "./settings-of";

/** Stands for what a shared Copr is told by whoever deploys it. */
const SOMEBODYS = {
  ...SOME_CLUSTER,
  aws: { account: "123456789012", clusterEgress: ["192.0.2.1/32"] },
  backup: {
    recipient: "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nany\n-----END PGP PUBLIC KEY BLOCK-----\n",
  },
};

/**
 * A Copr's settings as its file gives them, with stand-ins for what it does not say.
 *
 * @throws SettingsError with everything that is wrong, at once.
 */
export function coprSettingsOf(paths: ProjectPaths, stack: CoprStackName): CoprSettings {
  const { settings: written, encrypted } = readPlainFile(filesIn(paths.root), stack.name);
  const values = stack.deployment === "dev" ? written : overlay(SOMEBODYS, written);
  const { settings, findings } = examineCoprSettings(stack, { values, secretKeys: new Set() });
  // Values that are encrypted are taken on trust, and production lacks digests until its images are pinned.
  const unpinned = settings?.imageUses.map(({ path }) => settingKey([...path, "source"])) ?? [];
  const unknown = new Set([...encrypted.map(settingKey), ...unpinned]);
  refuse(
    stack.name,
    findings.filter(({ key }) => !unknown.has(key)),
  );
  if (settings === undefined) throw new SettingsError(stack.name, findings);
  return settings;
}
