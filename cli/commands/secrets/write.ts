import { randomUUID } from "node:crypto";
import { resolve } from "node:path";

import { type GivenSecrets, type Settings, SettingsError } from "../../../stacks/settings";
import type { Tree } from "../../../stacks/settings/tree";
import type { ProjectPaths } from "../../paths";
import { progress } from "../../report";
import { examine } from "./checks";
import { composeFiles, COMPOSE_PLACE } from "./compose/files";
import { readFolder } from "./layout/folder";
import { changed, type Leaf, leavesOf, treeOf } from "./leaves";
import { checkFolder, writePrivately } from "./private-folder";
import { readSecrets } from "./store";
import { packitRules } from "./rules";
import { packitSubject, type PackitSubject } from "./subject";

export interface WriteOptions {
  readonly local: boolean;
  /** Let the users of containers read the files; nobody else gets into the folder. */
  readonly readable: boolean;
}

/**
 * Writes the files that packit-service's docker-compose mounts. A stack that makes its own secrets has some made up
 * here, which stay the same when the folder is written again.
 *
 * @throws SettingsError with all secrets that are missing or of no use.
 */
export async function write(
  paths: ProjectPaths,
  name: string,
  folder: string,
  { local, readable }: WriteOptions,
): Promise<number> {
  const subject = packitSubject(paths, name, local);
  const target = resolve(folder);
  const purpose = `secrets of ${name} for docker-compose`;
  const wasWritten = checkFolder(target, purpose);
  const stored = await readSecrets(subject);
  const tree = subject.settings.generatesSecrets
    ? await completed(subject.settings, stored, wasWritten ? target : undefined)
    : stored;
  const files = composeFiles(subject.settings, usable(subject, tree));
  writePrivately(target, purpose, files, { readable });
  for (const file of Object.keys(files)) console.log(`${target}/${file}`);
  if (!readable)
    progress("containers of another user cannot read them: --readable lets them, and nobody else");
  return 0;
}

function usable(subject: PackitSubject, tree: Tree): GivenSecrets {
  const { given, wrong, missing } = examine(subject, tree, new Date());
  if (wrong.length + missing.length > 0) throw new SettingsError(subject.stack.name, [...wrong, ...missing]);
  return given;
}

/** Names by which people reach the containers. */
const HOSTS = {
  api: COMPOSE_PLACE.serverName,
  dashboard: new URL(COMPOSE_PLACE.dashboardUrl).hostname,
  workers: "localhost",
};

/** What is stored, over what the folder has from last time, over what is made up now. */
async function completed(settings: Settings, stored: Tree, folder: string | undefined): Promise<Tree> {
  const made = await import("../../../local/example-secrets.js");
  const example = await made.exampleSecrets({ ...packitRules(settings), hosts: Object.values(HOSTS) });
  const queue = { path: ["messaging", "queue"], value: randomUUID() };
  const before = folder === undefined ? [] : readFolder(folder).taken;
  return [[queue, ...leavesOf(example)], before, leavesOf(stored)].reduce<Tree>(over, {});
}

/** Purposes whose secrets only fit each other. */
const PAIRS: readonly unknown[] = ["tls", "ssh"];

/** The tree with these secrets over it; a pair comes from one place. */
function over(tree: Tree, leaves: readonly Leaf[]): Tree {
  const purposes = new Set(leaves.map(({ path: [purpose] }) => purpose).filter((one) => PAIRS.includes(one)));
  const lower = leavesOf(tree).filter(({ path: [purpose] }) => !purposes.has(purpose));
  return changed(treeOf(lower), leaves);
}
