/** Folder of the frontend's application. */
export const FRONTEND_FOLDER = "/usr/share/copr/coprs_frontend";

/** Folder of the frontend's uploads, search index and sessions. */
export const FRONTEND_DATA = "/var/lib/copr/data";

/** Shell command that runs one of the frontend's own maintenance commands. */
export function frontendCommand(...words: readonly string[]): string {
  return `( cd ${FRONTEND_FOLDER} && ./manage.py ${words.join(" ")} )`;
}
