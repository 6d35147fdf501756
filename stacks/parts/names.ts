/** Name of the database backup's objects, by which commands find it. */
export const DATABASE_BACKUP = "database-backup";
