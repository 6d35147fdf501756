import { settingsFileSchema } from "./json-schema";
import { settingsReference } from "./markdown";

/** The files made from the schema, by path from the project's root. */
export function referenceFiles(): Readonly<Record<string, string>> {
  return {
    "docs/settings.md": settingsReference(),
    "docs/settings.schema.json": `${JSON.stringify(settingsFileSchema(), null, 2)}\n`,
  };
}
