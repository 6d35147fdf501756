import { nearest } from "../../../stacks/settings/nearest";
import { findInstance, recordOf } from "../../instances/find";
import type { ProjectPaths } from "../../paths";

/** What opens an address in a browser, by operating system. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, string>>> = { darwin: "open", linux: "xdg-open" };

/**
 * Opens an instance in a browser; where there is none its address is printed.
 *
 * @param page - Which of its addresses: `dashboard`, `api` or `workers`. The dashboard's without, or the API's.
 * @returns the exit code.
 */
export async function open(paths: ProjectPaths, name: string, page: string | undefined): Promise<number> {
  const { urls } = recordOf(await findInstance(paths, name));
  const wanted = page ?? (urls.dashboard === undefined ? "api" : "dashboard");
  const url = urls[wanted];
  if (url === undefined) {
    const meant = nearest(wanted, Object.keys(urls));
    const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
    throw new Error(`${name} has no page ${wanted}: it has ${Object.keys(urls).join(", ")}${hint}`);
  }
  console.log(url);
  const opener = OPENERS[process.platform];
  if (opener === undefined || !hasScreen() || !process.stdout.isTTY) return 0;
  const { execa } = await import("execa");
  const { exitCode } = await execa(opener, [url], { stdio: "ignore", reject: false, timeout: 10_000 });
  return exitCode === 0 ? 0 : 1;
}

function hasScreen(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform === "darwin" || DISPLAY !== undefined || WAYLAND_DISPLAY !== undefined;
}
