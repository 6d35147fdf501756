import { addressesOf } from "./addresses";
import { refuse, SettingsError } from "./errors";
import { examineSettings } from "./load";
import type { PackitStackName, StackName } from "./names";
import { filesIn, readPlainFile } from "./plain-files";
import { settingKey } from "./tree";

/** What can be said of a stack before the engine runs. */
export interface FileCheck {
  /** Whether it goes to the control plane of this machine. */
  readonly local: boolean;
  /** Where else it goes. Absent on this machine, and where only the engine can read it. */
  readonly cluster?: { readonly kubeconfig: string; readonly context: string };
  /** Namespace of its services. */
  readonly namespace: string;
  /** Public addresses of what it has, by name. */
  readonly addresses: Readonly<Record<string, string>>;
}

/**
 * Checks a stack's settings as they lie in its files, without the engine: values that are encrypted are taken on
 * trust, the program checks them.
 *
 * @param root - Folder with the settings files.
 * @param local - Go to the local control plane, whatever the settings name (`LOCAL=1`).
 * @throws SettingsError with everything that is wrong, at once.
 */
export function checkSettingsFiles(stack: StackName, root: string, local: boolean): FileCheck {
  const packit = requirePackit(stack);
  const files = filesIn(root);
  const { settings: values, encrypted } = readPlainFile(files, stack.name);
  const { settings, findings } = examineSettings(packit, { values, secretKeys: new Set() }, files, { local });
  const unknown = new Set(encrypted.map(settingKey));
  refuse(
    stack.name,
    findings.filter(({ key }) => !unknown.has(key)),
  );
  if (settings === undefined) throw new SettingsError(stack.name, findings);
  const clusterIsEncrypted = encrypted.some(([first]) => first === "cluster");
  return {
    local: local || (settings.cluster === undefined && !clusterIsEncrypted),
    ...(settings.cluster !== undefined && !clusterIsEncrypted && { cluster: settings.cluster }),
    namespace: settings.namespace,
    addresses: addressesOf(settings),
  };
}

/**
 * The stack, if the Packit program builds it.
 * @throws SettingsError for stacks of other programs.
 */
export function requirePackit(stack: StackName): PackitStackName {
  if (stack.program === "packit") return stack;
  throw new SettingsError(stack.name, [
    {
      key: "stack name",
      problem: "is a Copr's, and this is for stacks of Packit",
      seen: stack.name,
      fix: "choose a stack of Packit: dev, stg, prod or a test instance",
    },
  ]);
}
