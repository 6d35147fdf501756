import { coprSchema } from "../copr/schema";
import { coprSecretsSchema } from "../copr/schema/secrets";
import { packitSchema } from "../schema/packit";
import { secretsSchema } from "../schema/secrets";
import { coprReference } from "./copr";
import { settingsFileSchema } from "./json-schema";
import { settingsReference } from "./markdown";

/** The files made from the schemas, by path from the project's root. */
export function referenceFiles(): Readonly<Record<string, string>> {
  const text = (schema: unknown) => `${JSON.stringify(schema, null, 2)}\n`;
  return {
    "docs/settings.md": settingsReference(),
    "docs/settings.schema.json": text(
      settingsFileSchema("Settings of a Packit stack", packitSchema, secretsSchema),
    ),
    "docs/settings-copr.md": coprReference(),
    "docs/settings-copr.schema.json": text(
      settingsFileSchema("Settings of a Copr stack", coprSchema, coprSecretsSchema),
    ),
  };
}
