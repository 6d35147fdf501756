import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** File that tells a folder written by this command from others, and for what. */
const MARK = ".packit-stacks";

export interface PrivateFolderOptions {
  /**
   * Let every user read the files, who still cannot enter the folder. For containers whose user is another, and into
   * which the files are mounted one by one.
   */
  readonly readable?: boolean;
}

/**
 * Fills a folder that only its owner can enter with files that only their owner can read (D57). A folder that the
 * same was written to before is filled anew.
 *
 * @param purpose - What is written, to recognise the folder later, for example `secrets of dev`.
 * @throws Error when the folder holds anything else.
 */
export function writePrivately(
  folder: string,
  purpose: string,
  files: Readonly<Record<string, string | Buffer>>,
  { readable = false }: PrivateFolderOptions = {},
): void {
  checkFolder(folder, purpose);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // One that was there may have had another mode.
  chmodSync(folder, 0o700);
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  write(join(folder, MARK), `${purpose}\n`, 0o600);
  for (const [name, content] of Object.entries(files)) {
    write(join(folder, name), content, readable ? 0o644 : 0o600);
  }
}

/** Whether the folder is one that the same was written to before. @throws Error when it holds anything else. */
export function checkFolder(folder: string, purpose: string): boolean {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return false;
  const mark = join(folder, MARK);
  const before = existsSync(mark) ? readFileSync(mark, "utf8").trim() : undefined;
  if (before === purpose) return true;
  throw new Error(
    before === undefined
      ? `${folder} is not empty: name a folder that is not there yet, or is empty`
      : `${folder} holds ${before}: name another folder`,
  );
}

/** The mode given to the call is cut by the user's mask, so it is set as well. */
function write(file: string, content: string | Buffer, mode: number): void {
  writeFileSync(file, content, { mode, flag: "wx" });
  chmodSync(file, mode);
}
