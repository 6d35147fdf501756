import type { CustomResourceOptions } from "@pulumi/pulumi";

import { KEY_VALUE_PORT } from "../data/key-value-store";
import { ConfigFiles } from "../platform/files";
import type { Mount } from "../platform/mounts";
import type { Site } from "../platform/site";
import { RESALLOC_PORT } from "./config/resalloc-server";

const FOLDER = "/forget";

/** What processes that are gone have left behind. */
export interface Leftovers {
  /** Host of the key-value store. */
  readonly redisHost: string;
  /** Patterns of keys in it, for example `copr:lock:*`. */
  readonly keys: readonly string[];
  /** Host of resalloc, whose tickets are all closed: nobody has them any more. @default they stay */
  readonly resallocHost?: string;
}

/**
 * Mounts the program that forgets.
 *
 * @param programs - It, by file name: `main.py`.
 */
export function forgetMount(
  component: string,
  site: Site,
  programs: Readonly<Record<string, string>>,
  opts: CustomResourceOptions,
): Mount {
  return {
    path: FOLDER,
    files: [{ from: new ConfigFiles(`${component}-forget`, { site, data: programs }, opts) }],
  };
}

/**
 * The command that forgets, and then is the program: records name processes by number, and one that is used again would
 * make a dead worker look alive (C15), while builders of the dead stay taken (C16).
 *
 * @param program - By absolute path, with its arguments. @default nothing comes after
 */
export function forget(
  { redisHost, keys, resallocHost }: Leftovers,
  program: readonly string[] = [],
): readonly string[] {
  return [
    ...["/usr/bin/python3", "-B", `${FOLDER}/main.py`, "--store", `${redisHost}:${KEY_VALUE_PORT}`],
    ...keys.flatMap((pattern) => ["--keys", pattern]),
    ...(resallocHost === undefined ? [] : ["--resalloc", `http://${resallocHost}:${RESALLOC_PORT}`]),
    ...(program.length === 0 ? [] : ["--", ...program]),
  ];
}
