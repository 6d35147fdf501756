import { coprUrls, type CoprUrls } from "../../../components/copr/config/addresses";
import type { CoprSettings } from "./settings";

/** Every public address of a Copr. Resalloc's pages are there with resalloc alone. */
export function coprUrlsOf({ hosts, resalloc }: Pick<CoprSettings, "hosts" | "resalloc">): CoprUrls {
  const { frontend, results, distGit } = hosts;
  const pages = resalloc?.webUi.enabled === true ? { resalloc: hosts.resalloc } : {};
  return coprUrls({ frontend, results, distGit, ...pages }, "https");
}

/** The public addresses of what a Copr has, as people are told them. */
export function coprAddressesOf(
  settings: Pick<CoprSettings, "hosts" | "resalloc">,
): Readonly<Record<string, string>> {
  const { frontend, results, distGit, resalloc } = coprUrlsOf(settings);
  return { frontend, results, "dist-git": distGit, ...(resalloc !== undefined && { resalloc }) };
}
