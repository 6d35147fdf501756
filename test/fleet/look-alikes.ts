import fc from "fast-check";

import { stackTag } from "../../fleet/tag";

/** The stack whose builders are meant. */
export const OWN = stackTag("organization/packit/copr-stg");

/** Tags that only look like the stack's own. */
const STRANGERS: readonly Readonly<Record<string, string>>[] = [
  {},
  { [OWN.key]: "organization/packit/copr-stg2" },
  { [OWN.key]: "organization/packit/copr-st" },
  { [OWN.key]: "organization/packit/copr-prod" },
  { [OWN.key]: "Organization/packit/copr-stg" },
  { [OWN.key]: "organization/packit/copr-stg " },
  { [OWN.key]: "organization?packit?copr-stg" },
  { [OWN.key]: "*" },
  { [OWN.key]: "" },
  { [OWN.key.toUpperCase()]: OWN.value },
  { "copr-stacks": OWN.value },
  { CoprInstance: OWN.value },
  { Name: OWN.value },
];

/** Some machine of an account: the stack's own, or one that looks like it. */
export interface Machine {
  readonly own: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** Any machine. */
export const machine: fc.Arbitrary<Machine> = fc.oneof(
  fc.record({ own: fc.constant(true), tags: fc.constant({ [OWN.key]: OWN.value }) }),
  fc.record({ own: fc.constant(false), tags: fc.constantFrom(...STRANGERS) }),
);
