import type { StackConfig } from "./config";
import type { Finding } from "./errors";
import type { PackitStackName } from "./names";
import { type GivenSecrets, secretsSchema } from "./schema/secrets";
import {
  type ExaminedSecrets,
  examineGiven,
  group,
  halvesOf,
  missingFindings,
  needsIn,
  type NeedsTable,
  type SecretNeed,
} from "./secret-needs";
import { serviceOf } from "./services";
import type { Settings } from "./settings";
import { type Path, valueAt } from "./tree";

export type { SecretNeed } from "./secret-needs";

/** Secrets that only work together: all of a group or none. */
const TOGETHER: readonly (readonly Path[])[] = [
  group("tls", "fullchain", "privkey"),
  group("ssh", "privateKey", "publicKey"),
  group("githubApp", "id", "privateKey"),
  group("copr", "login", "username", "token"),
  group("messaging", "ca", "cert", "key"),
  group("aws", "accessKeyId", "secretAccessKey"),
  group("centosmsg", "certificate", "serverCa"),
  group("redisCommander", "user", "password"),
  group("splunk", "host", "port", "token"),
];

/** Purposes whose secrets nobody can make up: the other side would not take them. */
const FROM_OTHERS: ReadonlySet<unknown> = new Set(["aws", "centosmsg", "splunk"]);

/** Token of Testing Farm, where Packit and Fedora CI have tests run. */
const TESTING_FARM = "testingFarmSecret";

/** Passwords of those with whom only Packit itself has to do: Fedora's accounts, GitHub and Testing Farm. */
const ONLY_PACKITS = ["fasPassword", "webhookSecret", TESTING_FARM, "internalTestingFarmSecret"];

/** User of Flower when the secrets name none. */
export const FLOWER_USER = "flower-boss";

/** The secrets that a stack with these settings can be given, and whether it works without each. */
export function secretsNeeded(settings: Settings): readonly SecretNeed[] {
  const { backup, components, forges, service, stack } = settings;
  const isPackit = serviceOf(stack) === "packit";
  const isFedoraCi = serviceOf(stack) === "fedora-ci";
  const hasAccount = isPackit || isFedoraCi;
  const usesApp = forges.some((forge) => forge.githubApp === true);
  const required: NeedsTable = [
    [true, group("tls", "fullchain", "privkey")],
    [hasAccount, [["keytab"]]],
    [true, group("ssh", "privateKey", "publicKey")],
    // The App's key is its token.
    [true, forges.filter((forge) => forge.githubApp !== true).map(({ name }) => ["forgeTokens", name])],
    [usesApp || components.tokman, group("githubApp", "id", "privateKey")],
    // Fedora CI hears of everything from the message bus, and has no webhooks of forges.
    [!isFedoraCi, group("service", "gitlabTokenSecret")],
    [isFedoraCi, group("service", TESTING_FARM)],
    [isPackit, group("service", ...ONLY_PACKITS)],
    [service.logdetectiveEnabled === true, group("service", "logdetectiveToken")],
    [isPackit, group("copr", "login", "username", "token")],
    [components.fedmsg, group("messaging", "queue")],
    [true, group("database", "user", "password")],
    [true, group("keyValue", "password")],
    [components.flower, [["flower", "users", FLOWER_USER]]],
    [components.centosmsg, group("centosmsg", "certificate", "serverCa")],
    [components.redisCommander, group("redisCommander", "user", "password")],
    [backup.enabled, group("aws", "accessKeyId", "secretAccessKey")],
    [components.fluentdSidecar, group("splunk", "host", "port", "token")],
  ];
  const optional: NeedsTable = [
    // The other services take these where their configuration has them, and work without.
    [!hasAccount && service.fasUser !== undefined, [["keytab"]]],
    [!hasAccount, group("service", ...ONLY_PACKITS)],
    [isFedoraCi, group("service", "fasPassword")],
    [true, forges.filter((forge) => forge.githubApp === true).map(({ name }) => ["forgeTokens", name])],
    [true, group("service", "redhatApiRefreshToken")],
    [components.fedmsg, group("messaging", "ca", "cert", "key")],
    [true, group("sentry", "dsn")],
  ];
  return needsIn(secretsSchema, required, optional, FROM_OTHERS);
}

/**
 * The secrets that are missing, all at once, each with the command that sets it. A stack that makes its own secrets
 * misses only what others issue, but half a pair is of no use to it either.
 */
export function missingSecrets(settings: Settings, given: GivenSecrets): readonly Finding[] {
  const has = (path: Path) => valueAt(given, path) !== undefined;
  const hasFlowerUser = Object.keys(given.flower?.users ?? {}).length > 0;
  const lacking = secretsNeeded(settings).filter(
    ({ path, optional }) => !optional && !has(path) && !(path[0] === "flower" && hasFlowerUser),
  );
  const missing = lacking
    .filter(({ fromOthers }) => fromOthers === true || !settings.generatesSecrets)
    .map(({ path }) => path);
  return missingFindings(settings.stack, secretsSchema, [...missing, ...halvesOf(TOGETHER, given)]);
}

/** What the configuration says of secrets, read and checked one by one; values are never shown. */
export function examineSecrets(stack: PackitStackName, config: StackConfig): ExaminedSecrets<GivenSecrets> {
  return examineGiven(stack, secretsSchema, config);
}
