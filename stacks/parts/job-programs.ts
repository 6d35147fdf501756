import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Programs that jobs of the cluster run, by folder and file name. */
export interface JobPrograms {
  readonly database: Readonly<Record<string, string>>;
  readonly keygen: Readonly<Record<string, string>>;
  readonly sandbox: Readonly<Record<string, string>>;
  readonly copr: Readonly<Record<string, string>>;
  readonly coprForget: Readonly<Record<string, string>>;
  readonly coprDump: Readonly<Record<string, string>>;
  readonly schedule: Readonly<Record<string, string>>;
  readonly mail: Readonly<Record<string, string>>;
  readonly revdep: Readonly<Record<string, string>>;
  readonly reap: Readonly<Record<string, string>>;
}

/**
 * Each is read when it is asked for: a stack needs few of them.
 *
 * @param root - Folder of the checkout.
 */
export function jobPrograms(root: string): JobPrograms {
  const programs = (name: string): Record<string, string> => {
    const folder = join(root, "jobs", name);
    const files = readdirSync(folder)
      .filter((file) => file.endsWith(".py"))
      .sort();
    return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), "utf8")]));
  };
  return {
    get database() {
      return { ...programs("backup"), ...programs("database") };
    },
    get keygen() {
      return { ...programs("backup"), ...programs("keygen") };
    },
    get sandbox() {
      return programs("sandbox");
    },
    get copr() {
      return programs("copr");
    },
    get coprDump() {
      return programs("copr-dump");
    },
    get coprForget() {
      return programs("copr-forget");
    },
    get schedule() {
      return programs("schedule");
    },
    get mail() {
      return programs("mail");
    },
    get revdep() {
      return programs("revdep");
    },
    get reap() {
      return programs("reap");
    },
  };
}
