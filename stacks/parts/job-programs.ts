import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Programs that jobs of the cluster run, by folder and file name. */
export interface JobPrograms {
  readonly database: Readonly<Record<string, string>>;
  readonly keygen: Readonly<Record<string, string>>;
  readonly sandbox: Readonly<Record<string, string>>;
  readonly copr: Readonly<Record<string, string>>;
  readonly coprDump: Readonly<Record<string, string>>;
  readonly schedule: Readonly<Record<string, string>>;
  readonly mail: Readonly<Record<string, string>>;
}

/** @param root - Folder of the checkout. */
export function jobPrograms(root: string): JobPrograms {
  const programs = (name: string): Record<string, string> => {
    const folder = join(root, "jobs", name);
    const files = readdirSync(folder)
      .filter((file) => file.endsWith(".py"))
      .sort();
    return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), "utf8")]));
  };
  const backup = programs("backup");
  return {
    database: { ...backup, ...programs("database") },
    keygen: { ...backup, ...programs("keygen") },
    sandbox: programs("sandbox"),
    copr: programs("copr"),
    coprDump: programs("copr-dump"),
    schedule: programs("schedule"),
    mail: programs("mail"),
  };
}
