import * as z from "zod";

import { sized } from "./components";
import { count, imageSource, line } from "./values";

/** Tests of Packit that are run against the workers' image. */
export const revdep = z
  .strictObject({
    enabled: z.boolean().meta({
      description:
        "Keep ready what `packit-stacks revdep` runs. Only in test instances; those of Fedora CI have it without asking.",
    }),
    image: imageSource.meta({
      description: "Image with the tests and what they need.",
      example: "quay.io/packit/packit-service-tests:stg",
    }),
    sources: z
      .string()
      .regex(/^(?:\/[\w.-]+)+$/)
      .meta({
        description: "Folder of the tests' sources in that image; of a git history there, the last commit.",
        allowed: "an absolute path",
        example: "/src",
      }),
    command: z.array(line).min(1).meta({
      description: "What runs the tests, in a copy of the sources.",
      allowed: "a program and its arguments",
      example: '["python3", "-m", "pytest", "tests/unit"]',
    }),
    deadlineMinutes: count(1, 720).meta({ description: "Minutes after which a run has failed." }),
    ...sized,
  })
  .meta({ description: "Tests of Packit against the image of a test instance's workers." });
