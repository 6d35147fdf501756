import type { RepositoryStep } from "../model";

/**
 * What git is told one after the other to have a commit's code in a folder, with its history, from which the programs
 * take their versions. No shell is between, and no word that begins with a hyphen is taken for an option.
 */
export function fetchCommands({ source }: RepositoryStep, folder: string): readonly (readonly string[])[] {
  return [
    ["clone", "--quiet", "--no-checkout", "--", source.url, folder],
    // A clone has no pull requests.
    ["-C", folder, "fetch", "--quiet", "--", "origin", source.gitRef],
    ["-C", folder, "checkout", "--quiet", "--detach", source.commit, "--"],
  ];
}

/** Environment in which git asks for no password and speaks no protocol that runs commands. */
export const FETCH_ENVIRONMENT: Readonly<Record<string, string>> = {
  GIT_TERMINAL_PROMPT: "0",
  GIT_ASKPASS: "",
  GIT_ALLOW_PROTOCOL: "https:file",
};
