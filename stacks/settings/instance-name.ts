import { MAX_STACK_NAME, stackNameFor, type TestBase } from "./names";
import { type Pull, shortenedLabel } from "./pulls";
import { type Reference, referencesInOrder, referenceText } from "./references";

/**
 * Name of the test instance that runs this code on a base. Where not all of it are pull requests, the others are in a
 * hash: a branch's name may hold what a stack's, a host's and a namespace's may not.
 *
 * @throws SettingsError when there is none, or two of one repository.
 */
export function stackNameOf(base: TestBase, references: readonly Reference[]): string {
  const ordered = referencesInOrder(references);
  const pulls = ordered.flatMap(({ repository, ref }): Pull[] =>
    ref.kind === "pull" ? [{ repository, number: ref.number }] : [],
  );
  if (pulls.length === ordered.length) return stackNameFor(base, pulls);
  const parts = pulls.map(({ repository, number }) => `${repository}-${number}`);
  const everything = ordered.map(referenceText).join(" ");
  return `${base}-${shortenedLabel(parts, everything, MAX_STACK_NAME - base.length - 1)}`;
}
