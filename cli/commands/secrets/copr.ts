import { filesIn, type SettingsFiles } from "../../../stacks/settings";
import { readCoprFile } from "../../../stacks/settings/copr/files";
import { type GivenCoprSecrets, coprSecretsSchema } from "../../../stacks/settings/copr/schema/secrets";
import {
  coprSecretsNeeded,
  examineCoprSecrets,
  missingCoprSecrets,
} from "../../../stacks/settings/copr/secrets";
import type { CoprSettings } from "../../../stacks/settings/copr/settings";
import type { CoprStackName } from "../../../stacks/settings/names";
import type { ProjectPaths } from "../../paths";
import type { SecretRules } from "./rules";
import { placed, type Subject } from "./subject";

/** What the Copr program says. A Copr makes everything that others need not issue, which is in no settings file. */
export function coprRules(settings: CoprSettings): SecretRules<GivenCoprSecrets> {
  return {
    schema: coprSecretsSchema,
    needs: coprSecretsNeeded(settings),
    generates: false,
    ownRepository: false,
    hosts: settings.certificates.source === "given" ? Object.values(settings.hosts) : [],
    examine: (config) => examineCoprSecrets(settings.stack, config),
    missing: (given) => missingCoprSecrets(settings, given),
  };
}

/**
 * Checks a Copr's settings. No cluster is needed for that, named or running.
 *
 * @throws SettingsError with everything that is wrong, at once.
 */
export function coprSubject(
  paths: ProjectPaths,
  stack: CoprStackName,
  trial: boolean,
  files: SettingsFiles = filesIn(paths.root),
): Subject<GivenCoprSecrets> {
  const { encrypted, settings } = readCoprFile(stack, files, trial, ["packit:cluster"]);
  return { ...placed(paths, stack, trial, settings, encrypted), rules: coprRules(settings) };
}
