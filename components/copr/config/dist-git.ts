import { configParserText } from "../../config/configparser";
import type { CoprUrls } from "./addresses";
import { absolutePath, secret, wholeNumber } from "./checks";
import type { RedisServer } from "./instance";
import { redisOptions } from "./redis-options";

/** Folder of repositories and sources. */
export const DIST_GIT_FOLDER = "/var/lib/dist-git";

/** What `copr-dist-git.conf` says. */
export interface DistGitConfig {
  readonly urls: CoprUrls;
  /** The frontend's `BACKEND_PASSWORD`. */
  readonly frontendAuth: string;
  readonly redis: RedisServer;
  /** Imports at a time. @default 10 */
  readonly maxWorkers?: number;
  /** Seconds between two looks for tasks. @default 15 */
  readonly sleepTime?: number;
  /** Logs of imports, which are served for 14 days: a volume's (B11). @default /var/lib/copr-dist-git/per-task-logs */
  readonly taskLogFolder?: string;
  /** @default /var/log/copr-dist-git */
  readonly logFolder?: string;
  /** The list of repositories, which the server's cgit has to read as well (B12). @default /var/cache/cgit */
  readonly cgitCacheFolder?: string;
}

/**
 * Dist-git's `copr-dist-git.conf`. It holds a password, so it belongs into a Secret.
 *
 * @throws Error for what the dispatcher would read as something else.
 */
export function coprDistGitConfig(config: DistGitConfig): string {
  const cgit = absolutePath("cgit's cache folder", config.cgitCacheFolder ?? "/var/cache/cgit");
  return configParserText(
    {
      "dist-git": {
        // The frontend answers to one name, the public one (B8).
        frontend_base_url: config.urls.frontend,
        frontend_auth: secret("dist-git's password for the frontend", config.frontendAuth),
        ...redisOptions(config.redis),
        log_dir: absolutePath("dist-git's log folder", config.logFolder ?? "/var/log/copr-dist-git"),
        per_task_log_dir: absolutePath(
          "the folder of imports' logs",
          config.taskLogFolder ?? "/var/lib/copr-dist-git/per-task-logs",
        ),
        sleep_time: String(wholeNumber("sleepTime", config.sleepTime ?? 15)),
        max_workers: String(wholeNumber("maxWorkers", config.maxWorkers ?? 10)),
        lookaside_location: `${DIST_GIT_FOLDER}/cache/lookaside/pkgs/`,
        git_base_url: `${DIST_GIT_FOLDER}/git/%(module)s`,
        cgit_cache_file: `${cgit}/repo-configuration.rc`,
        cgit_cache_list_file: `${cgit}/repo-subdirs.list`,
        cgit_cache_lock_file: `${cgit}/copr-repo.lock`,
      },
    },
    true,
  );
}

/** Who writes the commits of imports. */
export interface GitAuthor {
  readonly name: string;
  readonly email: string;
}

/**
 * The `dist-git.conf` of dist-git's own scripts.
 *
 * @throws Error for an author whom git would read as something else.
 */
export function distGitConfig(author: GitAuthor): string {
  if (/[<>%]/.test(author.name) || !/^[^\s<>%@]+@[^\s<>%@]+$/.test(author.email)) {
    throw new Error("the author of imports needs a name, and an address like copr@example.org");
  }
  return configParserText(
    {
      "dist-git": {
        git_author_name: author.name,
        // The scripts put name and address together as they are.
        git_author_email: `<${author.email}>`,
        cache_dir: `${DIST_GIT_FOLDER}/cache`,
        gitroot_dir: `${DIST_GIT_FOLDER}/git`,
        git_gc_depth: "3",
        gitolite: "False",
      },
    },
    false,
  );
}
