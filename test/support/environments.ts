/** The environments that the Packit program builds. */
export const ENVIRONMENTS = [
  "dev",
  "stg",
  "prod",
  "stream-stg",
  "stream-prod",
  "source-git-stg",
  "source-git-prod",
  "fedora-ci-stg",
  "fedora-ci-prod",
] as const;

/** Those that others use, too: all but dev. */
export const SHARED_ENVIRONMENTS = ENVIRONMENTS.filter((name) => name !== "dev");
