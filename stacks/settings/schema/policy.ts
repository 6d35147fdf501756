import * as z from "zod";

import { line } from "./values";

/** What a stack is allowed although a rule of the policy forbids it, for one resource and for a time. */
export const policyExceptions = z
  .array(
    z.strictObject({
      rule: z
        .string()
        .regex(/^[a-z0-9-]+\/[a-z0-9-]+$/)
        .meta({
          description: "The rule, as docs/policy.md calls it.",
          allowed: "area and name of a rule",
          example: "images/pinned",
        }),
      resource: z
        .string()
        .regex(/^[A-Za-z]+\/[\w.-]+$/)
        .meta({
          description: "The one resource.",
          allowed: "kind and name of a resource",
          example: "Deployment/nginx",
        }),
      reason: line.meta({
        description: "Why it has to be.",
        example: "no image with a digest until 1.30 is out",
      }),
      until: z.iso.date().meta({
        description: "Last day on which it holds, in UTC; from the next one on, the stack is refused.",
        allowed: "a date like 2027-01-31",
        example: "2027-01-31",
      }),
    }),
  )
  .exactOptional()
  .meta({
    description:
      "What the policy allows this stack although a rule forbids it, each for one resource and for a time.",
  });
