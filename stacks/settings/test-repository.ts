import { SettingsError } from "./errors";
import type { Settings } from "./settings";

/** A repository on GitHub. */
export interface RepositoryName {
  readonly owner: string;
  readonly name: string;
}

/** The repository of its own that a test instance has on GitHub; undefined where the settings ask for none. */
export function testRepositoryOf({
  stack,
  testInstances: { repository },
}: Pick<Settings, "stack" | "testInstances">): RepositoryName | undefined {
  if (stack.kind !== "test-instance" || repository === undefined) return undefined;
  return { owner: repository.owner, name: `packit-${stack.name}` };
}

/** @throws SettingsError when there is no token to make the repository with. */
export function requireToken(stack: string, token: string | undefined): void {
  if (token !== undefined && token !== "") return;
  throw new SettingsError(stack, [
    {
      key: "GITHUB_TOKEN",
      problem: "is not set, and packit:testInstances.repository asks for a repository on GitHub",
      fix: "set it to a token that may make, change and delete repositories of packit:testInstances.repository.owner",
    },
  ]);
}
