import * as z from "zod";

import { REPOSITORIES } from "../pulls";
import { parseRef, REFERENCE_FORMS } from "../references";
import { durationOrNever, line, objectName } from "./values";

const reference = z
  .string()
  .refine((value) => parseRef(value) !== undefined, { error: "is no reference to code" })
  .meta({
    allowed: "a pull request's number, branch:<branch>, sha:<commit> or <owner>:<branch> of a fork",
    example: "614",
  });

/** Settings that only a test instance has. */
export const instanceSettings = {
  ttl: durationOrNever.exactOptional().meta({
    description:
      "How long a test instance lives before it may be reaped; `never` only with a reason in `packit:keep`. Default: `packit:testInstances.ttl`.",
  }),
  keep: line.exactOptional().meta({
    description: "Why a test instance stays until somebody destroys it. Goes with `packit:ttl: never`.",
    example: "demonstration at the conference",
  }),
  identity: objectName.exactOptional().meta({
    description: "Which of `packit:testInstances.identities` a test instance is.",
    example: "tester-one",
  }),
  pulls: z
    .partialRecord(z.enum(REPOSITORIES), reference)
    .exactOptional()
    .meta({
      description:
        "Code that a test instance runs, by repository, where its name does not list it: pull requests, branches, commits, forks.",
      allowed: `references by repository (${REPOSITORIES.join(", ")}), such as ${REFERENCE_FORMS.replaceAll("REPO=", "")}`,
      example: '{"ogr": "branch:main"}',
    }),
};
