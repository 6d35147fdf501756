import type { StackConfig } from "../config";
import type { Finding } from "../errors";
import type { CoprStackName } from "../names";
import {
  type ExaminedSecrets,
  examineGiven,
  group,
  halvesOf,
  missingFindings,
  needsIn,
  type SecretNeed,
} from "../secret-needs";
import { valueAt } from "../tree";
import { coprSecretsSchema, type GivenCoprSecrets } from "./schema/secrets";
import type { CoprSettings } from "./settings";

/** Secrets that only work together: all of a group or none. */
const TOGETHER = [
  group("tls", "fullchain", "privkey"),
  group("aws", "accessKeyId", "secretAccessKey"),
  group("backup", "accessKeyId", "secretAccessKey"),
  group("mail", "user", "password"),
];

/** All that is asked for is from others: what a stack can make up, it makes (see `generatedSecrets`). */
const FROM_OTHERS = new Set(Object.keys(coprSecretsSchema.shape));

/** The secrets that a Copr with these settings can be given, and whether it works without each. */
export function coprSecretsNeeded(settings: CoprSettings): readonly SecretNeed[] {
  const { aws, backup, certificates, login, mail, pools } = settings;
  const deploysToAws = Object.keys(pools).length > 0 && aws.account !== undefined;
  return needsIn(
    coprSecretsSchema,
    [
      [certificates.source === "given", group("tls", "fullchain", "privkey")],
      [login.oidc !== undefined, group("oidc", "clientSecret")],
      [deploysToAws && aws.profile === undefined, group("aws", "accessKeyId", "secretAccessKey")],
      [backup.enabled, group("backup", "accessKeyId", "secretAccessKey")],
    ],
    [[mail.relay !== undefined, group("mail", "user", "password")]],
    FROM_OTHERS,
  );
}

/** The secrets that are missing, all at once, each with the command that sets it. */
export function missingCoprSecrets(settings: CoprSettings, given: GivenCoprSecrets): readonly Finding[] {
  const missing = coprSecretsNeeded(settings)
    .filter(({ path, optional }) => !optional && valueAt(given, path) === undefined)
    .map(({ path }) => path);
  return missingFindings(settings.stack, coprSecretsSchema, [...missing, ...halvesOf(TOGETHER, given)]);
}

/** What the configuration says of secrets, read and checked one by one; values are never shown. */
export function examineCoprSecrets(
  stack: CoprStackName,
  config: StackConfig,
): ExaminedSecrets<GivenCoprSecrets> {
  return examineGiven(stack, coprSecretsSchema, config);
}
