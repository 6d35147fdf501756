import type { Base, PackitStackName } from "./names";

/** The services that the Packit program runs: they share its code, and differ in where they work and what they do. */
export type Service = "packit" | "stream" | "fedora-source-git";

/** The environments of services other than Packit itself. */
const OTHERS: Readonly<Partial<Record<Base, Service>>> = {
  "stream-stg": "stream",
  "stream-prod": "stream",
  "source-git-stg": "fedora-source-git",
  "source-git-prod": "fedora-source-git",
};

/** Which service a stack is; test instances are always Packit. */
export function serviceOf(stack: PackitStackName): Service {
  return OTHERS[stack.base] ?? "packit";
}
