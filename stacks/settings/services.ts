import type { Base, PackitStackName } from "./names";

/** The services that the Packit program runs: they share its code, and differ in where they work and what they do. */
export type Service = "packit" | "stream" | "fedora-source-git" | "fedora-ci";

/** The environments of services other than Packit itself. */
const OTHERS: Readonly<Partial<Record<Base, Service>>> = {
  "stream-stg": "stream",
  "stream-prod": "stream",
  "source-git-stg": "fedora-source-git",
  "source-git-prod": "fedora-source-git",
  "fedora-ci-stg": "fedora-ci",
  "fedora-ci-prod": "fedora-ci",
};

/** Which service a stack is; a test instance is what its base is. */
export function serviceOf(stack: PackitStackName): Service {
  return OTHERS[stack.base] ?? "packit";
}
