/** Folder of `server.yaml` and `pools.yaml`: the web pages know no other. */
export const RESALLOC_CONFIG = "/etc/resallocserver";

/** Folder of the database: who loses it loses track of machines that cost money. */
export const RESALLOC_DATA = "/var/lib/resallocserver";

/** Folder of the logs, which the script that gathers them knows by its path. */
export const RESALLOC_LOGS = "/var/log/resallocserver";
