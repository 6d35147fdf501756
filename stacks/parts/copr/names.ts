/** Host name of the database's Service. */
export const COPR_DATABASE_HOST = "postgresql";
