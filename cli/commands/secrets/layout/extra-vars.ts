import { isTree, type Path, type Plain, type Tree } from "../../../../stacks/settings/tree";
import { isPlace } from "../place";
import { authenticationOf, serviceSecrets } from "./packit-service-file";
import { camelCase, joined, type Reading, take } from "./reading";
import { yamlText } from "./yaml-text";

/** Values that have another name here. */
const RENAMED: Readonly<Record<string, Path>> = {
  "fedora_messaging.queue": ["messaging", "queue"],
  "postgres.user": ["database", "user"],
  "postgres.password": ["database", "password"],
  "logdetective.token": ["service", "logdetectiveToken"],
};

/** Values that are no secrets, and where the stack has them from. */
const SETTINGS: Readonly<Record<string, string>> = {
  "postgres.host": "follows from the stack",
  "postgres.database": "is the setting packit:database.name",
  "logdetective.url": "is the setting packit:service.logdetectiveUrl",
};

/** Reads `extra-vars.yml`, also when all of it stands below `vault`. */
export function extraVars(content: Buffer): Reading {
  const file = yamlText(content);
  const vault = isTree(file.vault) ? { ...file, ...file.vault, vault: undefined } : file;
  return joined(
    Object.entries(vault)
      .filter(([, value]) => value !== undefined)
      .map(([group, value]) => groupOf(group, value)),
  );
}

function groupOf(group: string, value: Plain): Reading {
  if (!isTree(value)) return value === "" ? { taken: [], left: [`${group} is empty`] } : unknown(group);
  if (group === "packit_service") {
    const { authentication, ...rest } = value;
    return joined([
      serviceSecrets(`${group}.`, rest),
      authenticationOf(`${group}.authentication`, authentication),
    ]);
  }
  return joined(flat(value, [group]).map(([path, text]) => valueOf(path, text)));
}

function valueOf(path: readonly string[], text: string): Reading {
  const where = path.join(".");
  if (where === "flower.basic_auth") return flowerUsers(where, text);
  const place = RENAMED[where] ?? candidates(path.map(camelCase)).find((one) => isPlace(one));
  if (place !== undefined) return take(where, place, text);
  const setting = SETTINGS[where];
  return setting === undefined ? unknown(where) : { taken: [], left: [`${where} ${setting}`] };
}

/** Places below the same purpose: a group within it may have been left out, or joined with the name. */
function candidates([purpose = "", ...names]: readonly string[]): readonly Path[] {
  const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
  const [first = "", ...rest] = names;
  return [
    [purpose, ...names],
    [purpose, ...names.slice(-1)],
    [purpose, first + rest.map(capital).join("")],
  ];
}

/** `user:password[,user:password]`, of which only one user was understood (D50). */
function flowerUsers(where: string, text: string): Reading {
  if (text.trim() === "") return take(where, [], "");
  return joined(
    text.split(",").map((entry, index): Reading => {
      const [, user, password] = /^\s*([^\s:]+):(.+?)\s*$/.exec(entry) ?? [];
      if (user === undefined || password === undefined) {
        return { taken: [], problems: [`${where}: user ${index + 1} is not written as user:password`] };
      }
      return take(`${where}: ${user}`, ["flower", "users", user], password);
    }),
  );
}

function unknown(where: string): Reading {
  return { taken: [], left: [`${where} is not understood`] };
}

/** All values with their keys, from the outside in. */
function flat(tree: Tree, path: readonly string[]): readonly (readonly [readonly string[], string])[] {
  return Object.entries(tree).flatMap(([key, value]) => {
    const inner = [...path, key];
    return isTree(value) ? flat(value, inner) : [[inner, typeof value === "string" ? value : ""] as const];
  });
}
