import * as z from "zod";

import { REPOSITORIES } from "../pulls";
import { count, duration } from "./values";

/** Settings that only a test instance has. */
export const instanceSettings = {
  ttl: duration
    .exactOptional()
    .meta({ description: "How long a test instance lives before it may be reaped.", example: "72h" }),
  pulls: z
    .partialRecord(z.enum(REPOSITORIES), count(1, 99_999_999))
    .exactOptional()
    .meta({
      description:
        "Pull requests that a test instance runs, by repository, where its name does not list them.",
      allowed: `numbers of pull requests by repository: ${REPOSITORIES.join(", ")}`,
      example: '{"ogr": 123}',
    }),
};
