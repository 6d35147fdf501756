import * as z from "zod";

import { ARCHITECTURES } from "../../../../components/copr/config/architectures";
import { single } from "../../schema/components";
import { bytes, count, host, line, url } from "../../schema/values";

const { requests, limits } = single.shape;
const sized = { requests, limits };
const storage = bytes.meta({ description: "Size of the volume.", example: "8Gi" });

/** A chroot as Copr calls them. */
const chroot = z
  .string()
  .regex(/^[a-z0-9.+-]+-[a-z0-9._]+-[a-z0-9_]+$/)
  .meta({
    allowed: "distribution, version and architecture, such as fedora-rawhide-x86_64",
    example: "fedora-rawhide-x86_64",
  });

const cidr = z.union([z.cidrv4(), z.cidrv6()]).meta({
  allowed: "a network, such as 10.0.0.0/8",
  example: "10.0.0.0/8",
});

/** The frontend: web pages, API, and what makes its database. */
export const frontend = z.strictObject({
  logLevel: z.enum(["debug", "info", "warning", "error"]).meta({ description: "What is logged." }),
  admins: z
    .array(line)
    .meta({ description: "Accounts that are made administrators.", example: '["octocat"]' }),
  chroots: z.array(chroot).meta({
    description: "Chroots that the database's job makes.",
    example: '["fedora-rawhide-x86_64"]',
  }),
  distGitInstances: z
    .array(
      z.strictObject({
        name: line.meta({ description: "Its name.", example: "centos-stream" }),
        cloneUrl: url.meta({
          description: "Where it is.",
          example: "https://gitlab.com/redhat/centos-stream",
        }),
        packagePath: line.meta({
          description: "Path of a package below it.",
          example: "rpms/{pkgname}.git",
        }),
        priority: count(0, 1000).meta({ description: "The highest is offered first." }),
      }),
    )
    .meta({ description: "Dist-gits that packages can be built from, beside Fedora's." }),
  intranet: z
    .array(cidr)
    .meta({ description: "Networks of those who are inside.", example: '["10.0.0.0/8"]' }),
  deleteOutdatedAfterDays: count(1, 3650).meta({
    description:
      "Days that results for a chroot are kept after its end of life. Needs `jobs.outdatedChroots`.",
  }),
  notifyOutdatedEveryDays: count(1, 3650).meta({ description: "Days between two notices of that." }),
  storage: storage.meta({ description: "Size of the volume with uploads and the search index (C12)." }),
  ...sized,
});

/** Who may log in. */
export const login = z.strictObject({
  oidc: z
    .strictObject({
      provider: line.meta({ description: "Its name on the pages.", example: "Fedora" }),
      client: line.meta({ description: "Name of this Copr at the provider.", example: "copr" }),
      metadata: url.exactOptional().meta({
        description: "Where the provider describes itself; or the three addresses that are in there.",
        example: "https://id.example.org/.well-known/openid-configuration",
      }),
      authorization: url.exactOptional().meta({ description: "Where users log in." }),
      token: url.exactOptional().meta({ description: "Where tokens are made." }),
      userinfo: url.exactOptional().meta({ description: "Where a user's name is asked for." }),
      scopes: z.array(line).exactOptional().meta({
        description: "What is asked for. Default: openid, profile and email.",
        example: '["openid", "profile", "email"]',
      }),
      tokenAuthMethod: z
        .enum(["client_secret_basic", "client_secret_post"])
        .exactOptional()
        .meta({ description: "How the frontend shows who it is. Default: client_secret_basic." }),
      usernameClaim: z
        .enum(["username", "preferred_username"])
        .exactOptional()
        .meta({ description: "Where the user's name stands. Default: preferred_username." }),
    })
    .exactOptional()
    .meta({ description: "OpenID Connect. Needs the secret `oidc`." }),
  developer: line.exactOptional().meta({
    description: "Everybody is this user and needs no password. Only for `copr-dev` (S3).",
    example: "jdoe",
  }),
});

const workers = (what: string) => count(1, 1000).meta({ description: `${what} at once.` });

/** What one build may take: the frontend offers it, the backend enforces it. */
export const buildLimits = z.strictObject({
  defaultTimeout: count(60, 604_800).meta({
    description: "Seconds that a build gets which asks for nothing.",
  }),
  maxTimeout: count(60, 604_800).meta({ description: "Seconds that a build may ask for." }),
  defaultMemory: count(256, 1_048_576).meta({
    description: "MiB of memory of a build that asks for nothing.",
  }),
  maxMemory: count(256, 1_048_576).meta({ description: "MiB of memory that a build may ask for." }),
});

/** The backend's three programs, and what they do. */
export const backend = z.strictObject({
  sleepSeconds: count(1, 600).meta({ description: "Seconds between two looks for work." }),
  signDomain: host.meta({
    description: "Domain of the signing keys' addresses. Another one makes new keys for every project.",
    example: "fedorahosted.org",
  }),
  pruneDays: count(1, 3650).meta({ description: "Days that superseded results are kept." }),
  graceSeconds: count(10, 604_800).meta({
    description: "Seconds that running builds have when the backend is stopped (C16).",
  }),
  log: z.strictObject(sized).meta({ description: "Writes the log of the other two." }),
  actions: z
    .strictObject({ workers: workers("Actions"), ...sized })
    .meta({ description: "Does what is neither a build nor an import." }),
  builds: z
    .strictObject({
      workers: workers("Builds"),
      workersPerOwner: workers("Builds of one owner"),
      workersPerSandbox: workers("Builds of one sandbox"),
      workersPerArchitecture: z.partialRecord(z.enum(ARCHITECTURES), count(1, 1000)).meta({
        description: "Builds for one architecture at once, where they are fewer.",
        allowed: `whole numbers by architecture: ${ARCHITECTURES.join(", ")}`,
        example: '{"s390x": 2}',
      }),
      ...sized,
    })
    .meta({ description: "Runs builds on builders." }),
});

/** Serves what was built. */
export const results = z.strictObject({
  storage: storage.meta({ description: "Size of the volume with all results (C29).", example: "100Gi" }),
  ...sized,
});

/** The sources of builds. */
export const distGit = z.strictObject({
  storage: storage.meta({ description: "Size of the volume with all sources (C29).", example: "50Gi" }),
  dispatcher: z
    .strictObject({ workers: workers("Imports"), ...sized })
    .meta({ description: "Imports sources." }),
  httpd: z.strictObject(sized).meta({ description: "Serves sources." }),
});

/** The signing keys. */
export const keygen = z.strictObject({
  storage: storage.meta({ description: "Size of the volume with the signing keys.", example: "1Gi" }),
  signd: z.strictObject(sized).meta({ description: "Signs packages." }),
  httpd: z.strictObject(sized).meta({ description: "Makes keys." }),
});

/** Hands out builders. */
export const resalloc = z.strictObject({
  storage: storage.meta({ description: "Size of the volume with the list of builders.", example: "1Gi" }),
  server: z.strictObject(sized).meta({ description: "Starts and stops builders." }),
  webUi: z
    .strictObject({ enabled: z.boolean().meta({ description: "Whether it is there." }), ...sized })
    .meta({ description: "Shows builders." }),
});

/** Pulp, where results can be kept. */
export const pulp = z.strictObject({
  storage: storage.meta({ description: "Size of the volume with the packages.", example: "100Gi" }),
  databaseStorage: storage.meta({ description: "Size of the volume of its database.", example: "10Gi" }),
  ...sized,
});

/** The relay that takes mail. */
export const mail = z.strictObject({
  relay: host.exactOptional().meta({
    description: "Host that takes mail. Without it no mail is sent (C33).",
    example: "smtp.example.org",
  }),
  port: count(1, 65_535).meta({ description: "Its port.", example: "587" }),
});
