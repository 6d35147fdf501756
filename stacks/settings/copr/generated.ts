import type { CoprSettings } from "./settings";

/** A secret that a stack makes itself and nobody types. */
export interface GeneratedSecret {
  /** What it is, also its name in the stack's state: it must never change, or a new one is made. */
  readonly name: GeneratedName;
  readonly form: "password" | "sshKey" | "certificate" | "accessKey";
  /** Components that get it, and no others (D25). */
  readonly readers: readonly string[];
}

/** The secrets that a stack can make. */
export type GeneratedName =
  | "database-password"
  | "frontend-secret-key"
  | "backend-password"
  | "builder-ssh"
  | "builder-access-key"
  | "pulp-admin-password"
  | "pulp-database-password"
  | "pulp-secret-key"
  | "pulp-database-key"
  | "hosts-certificate";

/** The secrets that a Copr with these settings makes. */
export function generatedSecrets(settings: CoprSettings): readonly GeneratedSecret[] {
  const { aws, certificates, pools, resultStorage } = settings;
  const hasBuilders = Object.keys(pools).length > 0;
  const all: readonly (readonly [applies: boolean, secret: GeneratedSecret])[] = [
    [
      true,
      {
        name: "database-password",
        form: "password",
        readers: ["database", "frontend", "database-job", "frontend-jobs", "backup"],
      },
    ],
    // Signs cookies and forms; the default is in the public source (S4).
    [
      true,
      {
        name: "frontend-secret-key",
        form: "password",
        readers: ["frontend", "database-job", "frontend-jobs"],
      },
    ],
    // One value for three: what the frontend expects, backend and dist-git send.
    [
      true,
      {
        name: "backend-password",
        form: "password",
        readers: ["frontend", "database-job", "frontend-jobs", "backend", "dist-git"],
      },
    ],
    [hasBuilders, { name: "builder-ssh", form: "sshKey", readers: ["resalloc", "backend"] }],
    [
      hasBuilders && aws.webIdentity === undefined,
      { name: "builder-access-key", form: "accessKey", readers: ["resalloc"] },
    ],
    [
      resultStorage === "pulp",
      { name: "pulp-admin-password", form: "password", readers: ["pulp", "backend"] },
    ],
    ...(["pulp-database-password", "pulp-secret-key", "pulp-database-key"] as const).map(
      (name) => [resultStorage === "pulp", { name, form: "password", readers: ["pulp"] }] as const,
    ),
    [certificates.source === "made", { name: "hosts-certificate", form: "certificate", readers: ["router"] }],
  ];
  return all.flatMap(([applies, secret]) => (applies ? [secret] : []));
}
