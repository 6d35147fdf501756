import * as z from "zod";

import { backup as packitBackup } from "../../schema/jobs";
import { cron } from "../../schema/values";

const schedule = cron.meta({ description: "When, in UTC." });

/** A job that Copr cannot do without. */
const always = z.strictObject({ schedule });

/** A job that is there when it is asked for. */
const optional = z.strictObject({
  enabled: z.boolean().meta({ description: "Whether it runs." }),
  schedule,
});

/** What runs by schedule, beside backups. */
export const jobs = z.strictObject({
  frontendHourly: always.meta({ description: "Search index and graphs." }),
  frontendDaily: always.meta({ description: "Expired projects, old builds, the whole search index." }),
  outdatedChroots: optional.meta({
    description: "Tells of chroots past their end of life and deletes them.",
  }),
  upstreamReleases: optional.meta({
    description: "Rebuilds packages of PyPI and RubyGems that have a new release.",
  }),
  pruneResults: always.meta({ description: "Deletes superseded results and sources." }),
  analyzeResults: optional.meta({ description: "Statistics of the results' volume." }),
  prolongKeys: always.meta({ description: "Prolongs signing keys before they expire after 5 years." }),
  cleanDistGit: always.meta({ description: "Deletes old logs of imports." }),
  pruneDistGit: optional.meta({ description: "Deletes sources that no project has any more." }),
  tidyResalloc: always.meta({ description: "Gathers the logs of builders' starts and stops." }),
});

/** The nightly backup of the database and of the signing keys. */
export const backup = packitBackup.extend({
  enabled: z.boolean().meta({
    description: "Store dumps of the database and the signing keys, encrypted. Needs the secret `backup`.",
  }),
  recipient: z.string().exactOptional().meta({
    description:
      "Public key of OpenPGP for which dumps and signing keys are encrypted. Its private half belongs nowhere near the cluster.",
    allowed: "what gpg --armor --export prints: a PGP PUBLIC KEY BLOCK",
    example: "-----BEGIN PGP PUBLIC KEY BLOCK----- …",
  }),
});
