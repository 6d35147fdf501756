import { checkSettingsFiles, type FileCheck, filesIn, type StackName } from "../stacks/settings";

/**
 * Checks a stack's settings as they lie in its files, without the engine.
 *
 * @param root - Folder with the settings files.
 * @param local - Go to the local control plane, whatever the settings name (`LOCAL=1`).
 * @throws SettingsError with everything that is wrong, at once.
 */
export async function checkFiles(stack: StackName, root: string, local: boolean): Promise<FileCheck> {
  if (stack.program === "packit") return checkSettingsFiles(stack, root, local);
  // Commands on Packit's stacks, which are most, start without it.
  const { checkCoprFile } = await import("../stacks/settings/copr/files.js");
  return checkCoprFile(stack, filesIn(root), local);
}
