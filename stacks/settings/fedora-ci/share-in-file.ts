import * as z from "zod";

import { coerceTree } from "../coerce";
import { defaultsFor } from "../defaults/environments";
import { type Base, parseStackName } from "../names";
import { readPlainFile, type SettingsFiles } from "../plain-files";
import { packitSchema } from "../schema/packit";
import { overlay } from "../tree";
import { type Share, shareOf } from "./share";

/**
 * What another stack does, as its settings file says.
 *
 * @returns undefined without such a file, or when that is wrong: then the stack itself is refused.
 */
export function shareInFile(name: Base, files: SettingsFiles): Share | undefined {
  const stack = parseStackName(name);
  if (stack.program !== "packit" || files.read(name) === undefined) return undefined;
  const { components, messaging, service } = overlay(
    { ...defaultsFor(stack) },
    readPlainFile(files, name).settings,
  );
  const schema = shareSettings();
  const checked = schema.safeParse(coerceTree(schema, { components, messaging, service }));
  return checked.success ? shareOf(name, checked.data) : undefined;
}

/** The settings that {@link shareOf} looks at. Made when it is needed, as most programs look at no other stack. */
function shareSettings() {
  const { components, messaging, service } = packitSchema.shape;
  return z.object({ components: components.pick({ fedmsg: true }).strip(), messaging, service });
}
