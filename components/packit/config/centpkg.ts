import { configParserText } from "../../config/configparser";

/** Files that a build leaves behind and git is not to see. */
const GIT_EXCLUDES = [
  "i386/",
  "i686/",
  "x86_64/",
  "ppc/",
  "ppc64/",
  "ia64/",
  "mips/",
  "arm/",
  "noarch/",
  "/*.src.rpm",
  "/build*.log",
  "/.build-*.log",
  "results_*/",
  "clog",
];

/**
 * The file `centpkg-sig.conf`, for packages of CentOS SIGs. Its reader fills `%(repo)s` in itself.
 *
 * @param token - Token of gitlab.com.
 */
export function centpkgSigConfig(token: string): string {
  return configParserText(
    {
      "centpkg-sig": {
        lookaside: "https://git.centos.org/sources",
        lookasidehash: "sha512",
        lookaside_cgi: "https://git.centos.org/sources/upload_sig.cgi",
        distgit_namespaced: "True",
        distgit_namespaces: "rpms",
        gitbaseurl: "git+ssh://git@gitlab.com/CentOS/%(repo)s.git",
        anongiturl: "https://gitlab.com/CentOS/%(repo)s.git",
        branchre: String.raw`c\d+s?-sig-.+|master$`,
        kojiprofile: "cbs",
        build_client: "cbs",
        lookaside_namespaced: "True",
        git_excludes: GIT_EXCLUDES,
      },
      "centpkg-sig.distgit": { apibaseurl: "https://gitlab.com", token },
    },
    false,
  );
}
