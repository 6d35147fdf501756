import { format, resolveConfig } from "prettier";

import { settingsFileSchema } from "./json-schema";
import { settingsReference } from "./markdown";

/** The files made from the schema, by path from the project's root, formatted as the rest of the project. */
export async function referenceFiles(): Promise<Readonly<Record<string, string>>> {
  const files = {
    "docs/settings.md": settingsReference(),
    "docs/settings.schema.json": JSON.stringify(settingsFileSchema()),
  };
  const formatted = Object.entries(files).map(async ([filepath, content]) => {
    const options = await resolveConfig(filepath);
    return [filepath, await format(content, { ...options, filepath })] as const;
  });
  return Object.fromEntries(await Promise.all(formatted));
}
