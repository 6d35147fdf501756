import * as z from "zod";

import { count, cron, imageSource, line, url } from "./values";

/** Of so many newest ones a backup each is kept. */
const kept = (what: string) => count(0, 400).meta({ description: `Newest ${what} that keep a backup each.` });

/** The nightly backup of the database. */
export const backup = z
  .strictObject({
    enabled: z.boolean().meta({ description: "Store dumps of the database. Needs the secret `aws`." }),
    schedule: cron.meta({ description: "When, in UTC.", example: "0 1 * * *" }),
    bucket: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
      .meta({
        description: "Bucket, which has to be there.",
        allowed: "the name of a bucket: small letters, digits, dots and hyphens, 3 to 63",
        example: "arr-packit-stg",
      }),
    region: line.meta({ description: "Region of the bucket.", example: "us-east-1" }),
    endpoint: url.exactOptional().meta({
      description: "Address of an S3-compatible store; without, AWS in the region.",
      example: "https://s3.example.org",
    }),
    prefix: z
      .string()
      .regex(/^[\w.-]+(?:\/[\w.-]+)*$/)
      .exactOptional()
      .meta({
        description: "What the names of the backups begin with; without, the namespace.",
        allowed: "words joined by slashes",
        example: "packit--stg",
      }),
    keep: z
      .strictObject({
        daily: kept("days"),
        weekly: kept("weeks"),
        monthly: kept("months"),
      })
      .meta({ description: "Which backups are kept (D54); the newest always is." }),
    deadlineMinutes: count(5, 1440).meta({
      description: "Minutes after which a backup, or a restore, has failed.",
    }),
  })
  .meta({ description: "The nightly backup of the database." });

/** What clears the sandbox's namespace. */
export const sandboxCleaner = z
  .strictObject({
    schedule: cron.meta({ description: "When, in UTC.", example: "0 * * * *" }),
    image: imageSource
      .exactOptional()
      .meta({ description: "An image with Python 3 that it runs in; without, the workers'." }),
  })
  .meta({ description: "Deletes sandbox pods that ended a day ago, and claims that no pod mounts." });
