import { everyInstance, type Everywhere } from "../../instances/everywhere";
import { listed, viewOf } from "../../instances/view";
import type { ProjectPaths } from "../../paths";
import { failure } from "../../report";

export interface ListOptions {
  readonly json: boolean;
  /** With `json`: all that is known, more than what programs may rely on. */
  readonly details: boolean;
  /** A web page instead: into this file, or onto standard output for `-` and when nothing is said. */
  readonly html?: string | true;
}

/**
 * Lists every test instance of every cluster that the settings name.
 *
 * @returns 1 when a cluster could not be asked; the others are listed all the same.
 */
export async function list(paths: ProjectPaths, { json, details, html }: ListOptions): Promise<number> {
  const everywhere = await everyInstance(paths, { requests: html !== undefined });
  const { instances, problems } = everywhere;
  if (html !== undefined) await writePage(everywhere, html);
  else if (json) {
    const views = instances.map(({ instance }) => viewOf(instance));
    console.log(JSON.stringify(details ? views : views.map(listed), null, 2));
  } else console.log(await asTable(everywhere));
  problems.forEach(failure);
  return problems.length === 0 ? 0 : 1;
}

async function asTable({ instances }: Everywhere): Promise<string> {
  if (instances.length === 0) return "no test instances; packit-stacks deploy packit-service=614 makes one";
  const { rowOf } = await import("../../instances/board/row.js");
  const { terminalTable } = await import("../../instances/board/terminal.js");
  return terminalTable(instances.map(rowOf), process.stdout.columns);
}

async function writePage({ instances, problems }: Everywhere, where: string | true): Promise<void> {
  const { rowOf } = await import("../../instances/board/row.js");
  const { page } = await import("../../instances/board/page.js");
  const { replaceFile } = await import("../../instances/board/replace-file.js");
  const rows = instances.map(rowOf);
  const asOf = rows.length === 0 ? Date.now() : Math.max(...rows.map(({ now }) => now));
  const text = page({ rows, problems, asOf });
  if (where === true || where === "-") console.log(text);
  else replaceFile(where, text);
}
