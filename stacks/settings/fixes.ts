import type { StackName } from "./names";
import { settingKey, type Path } from "./tree";

/** The command that sets a value, and nothing that a shell would read otherwise. */
export function setCommand(stack: StackName, path: Path, value: string): string {
  return `pulumi config set -s ${stack.name} --path ${quoted(settingKey(path))} ${quoted(value)}`;
}

/** The command that sets a secret: it asks for its value, or takes it from standard input. */
export function setSecretCommand(stack: StackName, path: Path): string {
  const [first, ...place] = path;
  // The project's own command checks the value, and needs no variables in the shell.
  if (first === "secrets" && place.length > 0 && stack.program === "packit") {
    return `npx packit-stacks secrets set ${stack.name} ${quoted(place.join("."))}`;
  }
  return `pulumi config set -s ${stack.name} --secret --path ${quoted(settingKey(path))}`;
}

/** Name of a stack's settings file. */
export function settingsFile(name: string): string {
  return `Pulumi.${name}.yaml`;
}

function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
