import fc from "fast-check";

import type { BaseImage, ResolvedReference } from "../../../../cli/instances/images/model";
import { BUILT_IMAGES } from "../../../../cli/instances/images/model";
import type { Lookups, PlanSubject } from "../../../../cli/instances/images/plan";
import { REPOSITORIES, type Repository } from "../../../../stacks/settings/pulls";

/** A commit whose digits are all the same. */
export const commit = (digit: string): string => digit.repeat(40);

/** A pull request whose commit is known. */
export function pull(repository: Repository, digit: string): ResolvedReference {
  return {
    repository,
    ref: { kind: "pull", number: 614 },
    url: `https://github.com/packit/${repository}`,
    gitRef: "refs/pull/614/head",
    commit: commit(digit),
  };
}

const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;

const running = (name: string, user?: string): BaseImage => ({
  reference: `quay.io/packit/${name}@${digest("a")}`,
  ...(user !== undefined && { user }),
});

export const LOOKUPS: Lookups = {
  apiUrl: "https://pr-614.stg.packit.dev/api",
  bases: {
    service: running("packit-service", "1001"),
    worker: running("packit-worker"),
    sandcastle: running("sandcastle"),
  },
  foundations: new Map([
    ["quay.io/packit/base:fedora", digest("b")],
    ["quay.io/packit/base:c9s", digest("c")],
  ]),
};

/** An instance that runs everything. */
export function instance(references: readonly ResolvedReference[]): PlanSubject {
  return { references, base: "stg", runs: new Set(BUILT_IMAGES) };
}

/** Code of any repositories, each at most once. */
export const someReferences: fc.Arbitrary<readonly ResolvedReference[]> = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...REPOSITORIES), fc.integer({ min: 0, max: 9 }).map(String)), {
    selector: ([repository]) => repository,
  })
  .map((pairs) => pairs.map(([repository, digit]) => pull(repository, digit)));
