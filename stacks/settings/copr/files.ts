import { refuse, SettingsError } from "../errors";
import type { FileCheck } from "../files";
import type { CoprStackName } from "../names";
import { type PlainFile, readPlainFile, type SettingsFiles } from "../plain-files";
import { settingKey } from "../tree";
import { coprAddressesOf } from "./addresses";
import { examineCoprSettings } from "./load";
import type { CoprSettings } from "./settings";

/** A Copr's settings as its file has them. */
export interface CoprFile extends Pick<PlainFile, "encrypted"> {
  readonly settings: CoprSettings;
}

/**
 * A Copr's settings without the engine: values that are encrypted are taken on trust, the program checks them.
 *
 * @param local - Go to the local control plane, whatever the settings name (`LOCAL=1`).
 * @param trusted - Keys of further settings that are not looked at.
 * @throws SettingsError with everything that is wrong, at once.
 */
export function readCoprFile(
  stack: CoprStackName,
  files: SettingsFiles,
  local: boolean,
  trusted: readonly string[] = [],
): CoprFile {
  const { settings: values, encrypted } = readPlainFile(files, stack.name);
  const { settings, findings } = examineCoprSettings(stack, { values, secretKeys: new Set() }, { local });
  const unknown = new Set([...encrypted.map(settingKey), ...trusted]);
  refuse(
    stack.name,
    findings.filter(({ key }) => !unknown.has(key)),
  );
  if (settings === undefined) throw new SettingsError(stack.name, findings);
  return { settings, encrypted };
}

/** As `checkSettingsFiles` for Packit. */
export function checkCoprFile(stack: CoprStackName, files: SettingsFiles, local: boolean): FileCheck {
  const file = readCoprFile(stack, files, local);
  const { settings, encrypted } = file;
  const readable = settings.cluster !== undefined && !encrypted.some(([first]) => first === "cluster");
  return {
    local: isLocal(file, local),
    ...(readable && { cluster: settings.cluster }),
    namespace: settings.namespace,
    addresses: coprAddressesOf(settings),
  };
}

/** Whether a Copr goes to the control plane of this machine. */
export function isLocal({ settings, encrypted }: CoprFile, local: boolean): boolean {
  return local || (settings.cluster === undefined && !encrypted.some(([first]) => first === "cluster"));
}
