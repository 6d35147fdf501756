import * as z from "zod";

import { millisecondsOf, NEVER } from "../duration";
import { parseImage } from "../image-reference";
import { bytesOf, millicpusOf } from "../quantity";

// Settings are checked once: compiling a check takes longer than running it.
z.config({ jitless: true });

declare module "zod" {
  interface GlobalMeta {
    /** What may stand here, in words, for error messages and the reference. */
    allowed?: string;
    /** A value that may stand here, for the fix that an error message proposes. */
    example?: string;
  }
}

/** A string that passes a test, with the words that say which strings do. */
function text(passes: RegExp | ((value: string) => boolean), allowed: string, example: string) {
  const test = passes instanceof RegExp ? (value: string) => passes.test(value) : passes;
  return z
    .string()
    .refine(test, { error: `is not ${allowed}` })
    .meta({ allowed, example });
}

/** A whole number within bounds. */
export function count(least: number, most: number) {
  return z
    .int()
    .min(least)
    .max(most)
    .meta({ allowed: `a whole number from ${least} to ${most}`, example: String(Math.max(least, 1)) });
}

/** Text that is not empty, on one line. */
export const line = text(/^\S(?:.*\S)?$/, "text on one line", "text");

/** Memory or storage. */
export const bytes = text(
  (value) => bytesOf(value) !== undefined,
  "a size with a unit, such as 512Mi or 4Gi",
  "512Mi",
);

/** Processor time. */
export const cpu = text(
  (value) => millicpusOf(value) !== undefined,
  "processors (2) or thousandths of one (200m)",
  "200m",
);

const DNS_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

/** Name of a namespace, StorageClass, Secret … as Kubernetes has them. */
export const objectName = text(
  new RegExp(`^${DNS_LABEL}$`),
  "a name of small letters, digits and hyphens, 63 at most",
  "packit-dev",
);

/** A public host name. */
export const host = text(
  (value) => value.length <= 253 && new RegExp(`^(?:${DNS_LABEL}\\.)+${DNS_LABEL}$`).test(value),
  "a host name in small letters, without scheme, port or path",
  "stg.packit.dev",
);

/** A web address. */
export const url = text(
  isWebAddress,
  "a web address that starts with https:// or http://",
  "https://packit.dev",
);

/** Where a message broker listens. */
export const amqpUrl = text(
  /^amqps?:\/\/\S*$/,
  "an address that starts with amqps:// or amqp://",
  "amqps://host",
);

/** An image with its registry, and a tag or digest, so that it is clear what runs (D31). */
export const imageSource = text(
  (value) => parseImage(value) !== undefined,
  "an image with its registry and a tag or digest, such as quay.io/packit/dashboard:stg or …@sha256:<64 hex digits>",
  "quay.io/packit/packit-service:stg",
);

/** One image and no other. */
export const imageDigest = text(
  /^sha256:[0-9a-f]{64}$/,
  "a digest: sha256: and 64 hexadecimal digits",
  `sha256:${"0123456789abcdef".repeat(4)}`,
);

/** A schedule of five fields. */
export const cron = text(isCron, "a schedule of five fields: minute hour day month weekday", "0 2 * * 2");

/** How long something lasts. */
export const duration = text(
  (value) => millisecondsOf(value) !== undefined,
  "minutes, hours or days, such as 90m, 72h or 7d",
  "72h",
);

/** How long something lasts, if not for ever. */
export const durationOrNever = text(
  (value) => value === NEVER || millisecondsOf(value) !== undefined,
  "minutes, hours or days, such as 90m, 72h or 7d, or never",
  "48h",
);

/** A label's value. */
export const labelValue = text(
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/,
  "a Kubernetes label value: letters, digits, dot, hyphen, underscore, 63 at most",
  "packit",
);

/** A label's key, with or without a prefix. */
export const labelKey = text(
  /^(?:[a-z0-9][a-z0-9.-]{0,251}[a-z0-9]\/)?[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/,
  "a Kubernetes label key",
  "team",
);

function isWebAddress(value: string): boolean {
  if (!/^https?:\/\/\S+$/.test(value) || !URL.canParse(value)) return false;
  return new URL(value).hostname !== "";
}

const CRON_FIELDS = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;

function isCron(value: string): boolean {
  const fields = value.split(" ");
  return (
    fields.length === CRON_FIELDS.length &&
    CRON_FIELDS.every(([least, most], index) =>
      (fields[index] ?? "").split(",").every((part) => isCronPart(part, least, most)),
    )
  );
}

function isCronPart(part: string, least: number, most: number): boolean {
  const [, from, to, step] = /^(?:\*|([0-9]{1,2})(?:-([0-9]{1,2}))?)(?:\/([1-9][0-9]?))?$/.exec(part) ?? [];
  if (from === undefined) return part.startsWith("*") && /^\*(?:\/[1-9][0-9]?)?$/.test(part);
  const first = Number(from);
  const last = to === undefined ? first : Number(to);
  return first >= least && last <= most && first <= last && (step === undefined || to !== undefined);
}
