/** Name of the database backup's objects, by which commands find it. */
export const DATABASE_BACKUP = "database-backup";

/** Name of the objects of Packit's tests, by which commands find them. */
export const REVDEP = "revdep";
