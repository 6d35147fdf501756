import type * as z from "zod";

import { type GivenSecrets, missingSecrets, type SecretNeed, type Settings } from "../../../stacks/settings";
import type { StackConfig } from "../../../stacks/settings/config";
import type { Finding } from "../../../stacks/settings/errors";
import { secretsSchema } from "../../../stacks/settings/schema/secrets";
import type { ExaminedSecrets } from "../../../stacks/settings/secret-needs";
import { examineSecrets, secretsNeeded } from "../../../stacks/settings/secrets";
import { testRepositoryOf } from "../../../stacks/settings/test-repository";

/** What the program of a stack says of its secrets. */
export interface SecretRules<G = unknown> {
  /** Where secrets may be, and of which form. */
  readonly schema: z.ZodObject;
  readonly needs: readonly SecretNeed[];
  /** Whether the stack makes those that it lacks. */
  readonly generates: boolean;
  /** Whether it has a repository, whose workflows are given secrets of any name. */
  readonly ownRepository: boolean;
  /** Hosts that the certificate has to cover. */
  readonly hosts: readonly string[];
  examine(config: StackConfig): ExaminedSecrets<G>;
  /** What is missing of those that it cannot do without. */
  missing(given: G): readonly Finding[];
}

/** What the Packit program says. */
export function packitRules(settings: Settings): SecretRules<GivenSecrets> {
  return {
    schema: secretsSchema,
    needs: secretsNeeded(settings),
    generates: settings.generatesSecrets,
    ownRepository: testRepositoryOf(settings) !== undefined,
    hosts: Object.values(settings.hosts),
    examine: (config) => examineSecrets(settings.stack, config),
    missing: (given) => missingSecrets(settings, given),
  };
}
