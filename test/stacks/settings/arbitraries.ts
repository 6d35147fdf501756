import fc from "fast-check";

import { type Pull, REPOSITORIES } from "../../../stacks/settings";

/** Some pull requests, at most one a repository, in any order. */
export const pulls = fc
  .uniqueArray(fc.constantFrom(...REPOSITORIES), { minLength: 1, maxLength: REPOSITORIES.length })
  .chain((repositories) =>
    fc.tuple(
      ...repositories.map((repository) =>
        fc.integer({ min: 1, max: 99_999_999 }).map((number): Pull => ({ repository, number })),
      ),
    ),
  );
