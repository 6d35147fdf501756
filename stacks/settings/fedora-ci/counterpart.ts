import type { Base } from "../names";

/** Stacks that serve the same projects, Packit's and Fedora CI's own. */
const COUNTERPARTS: Readonly<Partial<Record<Base, Base>>> = {
  stg: "fedora-ci-stg",
  prod: "fedora-ci-prod",
  "fedora-ci-stg": "stg",
  "fedora-ci-prod": "prod",
};

/** The stack with which this environment divides the projects; undefined for stacks that serve none of them. */
export function counterpartOf(name: string): Base | undefined {
  return Object.entries(COUNTERPARTS).find(([own]) => own === name)?.[1];
}
