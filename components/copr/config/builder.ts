import { configParserText } from "../../config/configparser";
import { hostHeader, hostName, type CoprUrls } from "./addresses";

/** Folder that the client of dist-git reads, every file that ends in `.ini` (C10). */
export const DIST_GIT_CLIENT_FOLDER = "/etc/dist-git-client";

/** Path of `copr-rpmbuild`'s configuration. */
export const RPMBUILD_CONFIG = "/etc/copr-rpmbuild/main.ini";

/** A dist-git that sources come from. */
interface DistGit {
  /** Pattern for its host, with a port where there is one. */
  readonly hosts: string;
  readonly lookaside: string;
  readonly clone: string;
}

/** Fedora's, by both of its names. */
const FEDORA: readonly DistGit[] = ["src.fedoraproject.org", "pkgs.fedoraproject.org"].map((host) => ({
  hosts: pattern(host),
  lookaside:
    "https://src.fedoraproject.org/repo/pkgs/%(ns1)s/%(name)s/%(filename)s/%(hashtype)s/%(hash)s/%(filename)s",
  clone: "https://src.fedoraproject.org/%(repo_path)s",
}));

/** What builders know of the instance. */
export interface BuilderConfig {
  readonly urls: CoprUrls;
  /** What packages name as their vendor, for example `Copr stg`. */
  readonly vendor: string;
}

/**
 * `copr-rpmbuild`'s `main.ini`. The text is final: whoever brings it to a builder copies it, and expands nothing (C9).
 *
 * @throws Error for a vendor that cannot be written.
 */
export function rpmbuildConfig({ urls, vendor }: BuilderConfig): string {
  const own: DistGit = {
    hosts: pattern(hostHeader(urls.distGit)),
    lookaside: `${urls.distGit}/repo/pkgs/%(ns2)s/%(ns1)s/%(name)s/%(filename)s/%(hash)s/%(filename)s`,
    clone: `${urls.distGitClone}/%(module)s`,
  };
  return configParserText(
    {
      main: {
        frontend_url: urls.frontend,
        backend_url: urls.backend,
        distgit_lookaside_url:
          "https://${{git_props:remote_netloc}}/repo/pkgs/%(repo_path)s/%(filename)s/%(hashtype)s/%(hash)s/%(filename)s",
        distgit_clone_url: "{scheme}://{netloc}/%(repo_path)s",
        rpm_vendor_copr_name: vendor,
        enabled_source_protocols: "https ftps",
      },
      ...Object.fromEntries([own, ...FEDORA].map((distGit, index) => [`distgit${index}`, section(distGit)])),
    },
    // The reader takes percent signs as they are.
    false,
  );
}

/** The client's file about the instance's own dist-git. The package brings those of Fedora and CentOS. */
export function distGitClientConfig(urls: CoprUrls): string {
  return configParserText(
    {
      [hostName(urls.distGit)]: {
        // Without a port, as the client compares it.
        clone_hostnames: hostName(urls.distGitClone),
        lookaside_location: urls.distGit,
        lookaside_uri_pattern: "repo/pkgs/{namespace[1]}/{namespace[0]}/{name}/{filename}/{hash}/{filename}",
      },
    },
    true,
  );
}

function section({ hosts, lookaside, clone }: DistGit): Record<string, string> {
  return {
    distgit_hostname_pattern: hosts,
    distgit_lookaside_url: lookaside,
    distgit_clone_url: clone,
  };
}

/** A regular expression for exactly this host; the reader looks only at the beginning. */
function pattern(host: string): string {
  return `${host.replaceAll(".", String.raw`\.`)}$`;
}
