import * as z from "zod";

import { imageBuilder } from "./image-builder";
import { bytes, count, cpu, duration, durationOrNever, line, objectName } from "./values";

/** Who a test instance is to others. Its keys and tokens are in a Secret of the cluster. */
const identity = z.strictObject({
  name: objectName.meta({ description: "What commands call it.", example: "tester-one" }),
  secret: objectName.exactOptional().meta({
    description:
      "Secret in the namespace packit-test-instances with its keys and tokens; docs/test-instances.md lists them.",
    example: "identity-tester-one",
  }),
  githubApp: z
    .string()
    .regex(/^[0-9]+$/)
    .exactOptional()
    .meta({
      description: "Number of its GitHub App.",
      allowed: "the number of a GitHub App",
      example: "12345",
    }),
  fas: line.exactOptional().meta({ description: "Its Fedora account.", example: "packit-test-one" }),
  copr: line
    .exactOptional()
    .meta({ description: "Owner of its projects in Copr.", example: "packit-test-one" }),
  gitlab: line
    .exactOptional()
    .meta({ description: "Its account on gitlab.com.", example: "packit-test-one" }),
  distgitNamespace: line.exactOptional().meta({
    description:
      "Namespace of dist-git with packages that belong to the team, so that nobody else sees noise.",
    example: "forks/packit-test-one",
  }),
  queue: z.uuid().exactOptional().meta({
    description: "Its queue on Fedora's message bus; one of its own is made up without.",
    allowed: "a UUID",
    example: "6d5b1f0e-3f6f-4f5c-9b7a-0d2f5d8f3c11",
  }),
});

const GITHUB_OWNER = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})";

/** A repository that each instance gets on GitHub. */
const repository = z
  .strictObject({
    owner: z
      .string()
      .regex(new RegExp(`^${GITHUB_OWNER}$`))
      .meta({
        description: "Organization on GitHub that they are made in, by whoever's token is in `GITHUB_TOKEN`.",
        allowed: "the name of an organization on GitHub",
        example: "packit-test",
      }),
    template: z
      .string()
      .regex(new RegExp(`^${GITHUB_OWNER}/[A-Za-z0-9._-]{1,100}$`))
      .meta({
        description: "Template repository that they are made from.",
        allowed: "<owner>/<repository>",
        example: "packit-test/template",
      }),
    labels: z
      .array(
        z
          .string()
          .regex(/^[^\s,](?:[^\n,]{0,48}[^\s,])?$/)
          .meta({ allowed: "the name of a label, 50 characters at most, without commas" }),
      )
      .exactOptional()
      .meta({
        description: "Labels that its configuration of Packit asks pull requests for.",
        example: '["packit-build"]',
      }),
  })
  .exactOptional()
  .meta({ description: "A repository of its own on GitHub for each; none without." });

/** What an environment says of the test instances that run on its cluster. */
export const testInstances = z
  .strictObject({
    max: count(1, 200).meta({
      description: "How many run at once; who comes later waits. One that sleeps does not count.",
    }),
    ttl: duration.meta({ description: "How long one lives when nobody says otherwise." }),
    idle: durationOrNever.meta({
      description: "How long nobody may use one before it is put to sleep.",
      example: "4h",
    }),
    quota: z
      .strictObject({
        pods: count(1, 500).meta({ description: "Pods." }),
        cpu: cpu.meta({ description: "Processor time of all limits together.", example: "8" }),
        memory: bytes.meta({ description: "Memory of all limits together.", example: "16Gi" }),
        storage: bytes.meta({ description: "Storage of all claims together.", example: "40Gi" }),
      })
      .meta({ description: "Most that each of an instance's namespaces may take." }),
    builder: imageBuilder,
    repository,
    identities: z.array(identity).meta({
      description:
        "Who they may be to GitHub, Fedora, Copr and GitLab; an instance takes one, and no other has it meanwhile.",
    }),
  })
  .meta({
    description:
      "Test instances that run on this environment's cluster. Those on prod run on dev's and take dev's.",
  });
