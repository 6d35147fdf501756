import { packitSchema } from "../schema/packit";
import { secretsSchema } from "../schema/secrets";
import { settingsFileSchema } from "./json-schema";
import { settingsReference } from "./markdown";

/** The files made from the schema, by path from the project's root. */
export function referenceFiles(): Readonly<Record<string, string>> {
  return {
    "docs/settings.md": settingsReference(),
    "docs/settings.schema.json": `${JSON.stringify(settingsFileSchema("Settings of a Packit stack", packitSchema, secretsSchema), null, 2)}\n`,
  };
}
