import type { ContainerArgs } from "../platform/container";
import type { ContainerImage } from "../platform/image";
import { MEBIBYTE } from "../platform/quantity";
import type { ScratchMount } from "../platform/mounts";

/** Name of the container that shows a component's log files. */
export const LOG_FOLLOWER = "logs";

/** Size above which a log file is emptied: what it held has long been shown. */
const MAX_BYTES = 16 * MEBIBYTE;

/**
 * Shows what is written to files, new ones too, and empties those that grow too big. All writers append, so that a
 * file that is emptied goes on at its beginning.
 */
const SCRIPT = `
max=$1; every=$2; shift 2
followed=' '; pids=
stop() { sleep "$every"; kill $pids 2>/dev/null; exit 0; }
trap stop TERM INT
while :; do
  for file in $*; do
    [ -f "$file" ] || continue
    case $followed in
      *" $file "*) ;;
      *) tail -q -n +1 -F "$file" 2>/dev/null & pids="$pids $!"; followed="$followed$file " ;;
    esac
    [ "$(stat -c %s "$file")" -le "$max" ] || : > "$file"
  done
  sleep "$every" & wait $!
done
`;

/**
 * Command that follows log files.
 *
 * @param patterns - The files, as the shell finds them, for example `/var/log/httpd/*log`.
 * @param limits - Bytes above which a file is emptied, and seconds between two looks.
 */
export function followCommand(
  patterns: readonly string[],
  limits = { bytes: MAX_BYTES, seconds: 2 },
): string[] {
  return ["/bin/sh", "-c", SCRIPT, LOG_FOLLOWER, String(limits.bytes), String(limits.seconds), ...patterns];
}

/** Folders in which a component's programs log, by the path in the container. */
export type LogFolders = Readonly<Record<string, LogFolder>>;

export interface LogFolder {
  /** Name of the volume. */
  readonly volume: string;
  /** Pattern of the files within the folder. @default "*" */
  readonly files?: string;
}

/** The folders' mounts; a full one costs its pod, not its neighbours (C23). */
export function logMounts(folders: LogFolders): ScratchMount[] {
  return Object.entries(folders).map(([path, { volume }]) => ({ scratch: volume, path, sizeLimit: "512Mi" }));
}

/** The container that shows on its standard output what the others write to log files. */
export function logFollower(image: ContainerImage, folders: LogFolders): ContainerArgs {
  const alive = { exec: { command: ["/bin/sh", "-c", "kill -0 1"] }, periodSeconds: 30, timeoutSeconds: 5 };
  return {
    image,
    command: followCommand(Object.entries(folders).map(([path, { files = "*" }]) => `${path}/${files}`)),
    probes: { readiness: alive, liveness: { ...alive, failureThreshold: 6 } },
    resources: {
      requests: { cpu: "5m", memory: "16Mi" },
      limits: { cpu: "100m", memory: "64Mi" },
    },
    mounts: logMounts(folders),
  };
}
