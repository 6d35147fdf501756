import * as z from "zod";

import { single } from "../../schema/components";
import { policyExceptions } from "../../schema/policy";
import { aws, builders } from "./builders";
import { database, keyValue } from "./data";
import { images } from "./images";
import { backup, jobs } from "./jobs";
import {
  backend,
  buildLimits,
  distGit,
  frontend,
  keygen,
  login,
  mail,
  pulp,
  resalloc,
  results,
} from "./services";
import { coprSite } from "./site";

/** Everything that can be set for a stack of the Copr program, under `packit:` and apart from `packit:secrets`. */
export const coprSchema = z.strictObject({
  ...coprSite,
  resultStorage: z.enum(["backend", "pulp"]).meta({
    description:
      "Where new projects keep their packages. `pulp` brings Pulp up and tells frontend and backend of it (B26).",
  }),
  sourcePath: z
    .string()
    .regex(/^\/\S*$/)
    .exactOptional()
    .meta({
      description:
        "Checkout of Copr on the node, which the services run from instead of what is in their images. Only for `copr-dev`.",
      allowed: "an absolute path",
      example: "/opt/copr",
    }),
  images: images.meta({ description: "Images of the workloads." }),
  frontend: frontend.meta({ description: "Web pages and API." }),
  databaseJob: single.meta({
    description: "Creates or migrates the database before the frontend starts (C1).",
  }),
  buildLimits: buildLimits.meta({ description: "What one build may take." }),
  login: login.meta({ description: "Who may log in." }),
  database: database.meta({ description: "PostgreSQL." }),
  keyValue: keyValue.meta({ description: "The key-value store that holds logins, queues and locks." }),
  backend: backend.meta({ description: "Builds, actions and their log." }),
  results: results.meta({ description: "Serves what was built." }),
  distGit: distGit.meta({ description: "Sources of the builds." }),
  keygen: keygen.meta({ description: "Signing keys." }),
  resalloc: resalloc.meta({ description: "Hands out builders." }),
  pulp: pulp.meta({
    description:
      "Pulp: its API, its content server and its worker, each of this size. Only with `resultStorage: pulp`.",
  }),
  mail: mail.meta({ description: "Notices to users." }),
  builders: builders.meta({ description: "The machines that build packages." }),
  aws: aws.meta({ description: "Where the builders are." }),
  jobs: jobs.meta({ description: "What runs by schedule." }),
  job: single.meta({ description: "Size of a job's pod." }),
  backup: backup.meta({ description: "The nightly backup of the database and the signing keys." }),
  policyExceptions,
});

/** Copr's settings as they are written, with every default filled in. */
export type WrittenCoprSettings = z.infer<typeof coprSchema>;
