import { isTree, type Plain, type Tree } from "../../../../stacks/settings/tree";
import { isPlace } from "../place";
import { camelCase, joined, type Reading, take } from "./reading";
import { yamlText } from "./yaml-text";

/** What `authentication` says of a forge that is not secret, or follows from the stack. */
const NOT_SECRET = new Set([
  "instance_url",
  "type",
  "github_app_private_key_path",
  "read_only",
  "tokman_instance_url",
]);

/** Reads a rendered `packit-service.yaml`: the forges' tokens and the service's own passwords; the rest is settings. */
export function packitServiceFile(content: Buffer): Reading {
  const { authentication, ...rest } = yamlText(content);
  return joined([authenticationOf("authentication", authentication), serviceSecrets("", rest)]);
}

/** The service's own passwords, in the file or in the variables that it is rendered from. */
export function serviceSecrets(prefix: string, tree: Tree): Reading {
  return joined(
    Object.entries(tree).map(([key, value]) => {
      const path = ["service", camelCase(key)];
      if (isPlace(path)) return take(`${prefix}${key}`, path, typeof value === "string" ? value : "");
      // All that the rendered file holds beside its secrets is made anew from the settings.
      return { taken: [], left: prefix === "" ? [] : [`${prefix}${key} is no secret that a stack knows`] };
    }),
  );
}

/** The tokens of the forges, by host name. */
export function authenticationOf(where: string, forges: Plain): Reading {
  if (forges === undefined || forges === "") return { taken: [] };
  if (!isTree(forges)) return { taken: [], problems: [`${where} is no map of forges`] };
  return joined(Object.entries(forges).map(([name, forge]) => forgeOf(`${where}.${name}`, name, forge)));
}

function forgeOf(where: string, name: string, forge: Plain): Reading {
  if (!isTree(forge)) return { taken: [], problems: [`${where} is no map`] };
  return joined(
    Object.entries(forge).map(([key, value]): Reading => {
      const text = typeof value === "string" ? value : "";
      if (key === "token") return take(`${where}.token`, ["forgeTokens", name], text);
      if (key === "github_app_id") return take(`${where}.github_app_id`, ["githubApp", "id"], text);
      return { taken: [], left: NOT_SECRET.has(key) ? [] : [`${where}.${key} is not understood`] };
    }),
  );
}
