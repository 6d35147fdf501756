import * as z from "zod";

import { INPUT_LIMITS } from "./limits";
import { plain } from "./text";
import { Unreadable } from "./unreadable";

const anyMap = z.record(z.string(), z.unknown());
const words = z.array(z.string()).nullish();

/** A resource as the engine writes it into a preview: what of it is read here. */
const stateSchema = z.object({
  urn: z.string(),
  type: z.string(),
  id: z.string().nullish(),
  custom: z.boolean().nullish(),
  delete: z.boolean().nullish(),
  inputs: anyMap.nullish(),
  outputs: anyMap.nullish(),
  parent: z.string().nullish(),
  provider: z.string().nullish(),
  dependencies: words,
  protect: z.boolean().nullish(),
  retainOnDelete: z.boolean().nullish(),
  deletedWith: z.string().nullish(),
  ignoreChanges: words,
});

const stepSchema = z.object({
  op: z.string(),
  urn: z.string().regex(/^urn:pulumi:[^:]+::[^:]+::.+::.+$/s),
  oldState: stateSchema.nullish(),
  newState: stateSchema.nullish(),
  replaceReasons: words,
  diffReasons: words,
  detailedDiff: anyMap.nullish(),
});

const previewSchema = z.object({
  config: anyMap.nullish(),
  steps: z.array(stepSchema).max(INPUT_LIMITS.steps).nullish(),
  diagnostics: z
    .array(z.object({ severity: z.string(), message: z.string(), urn: z.string().nullish() }))
    .nullish(),
  changeSummary: z.record(z.string(), z.number()).nullish(),
  maybeCorrupt: z.boolean().nullish(),
});

export type WrittenState = z.infer<typeof stateSchema>;
export type Step = z.infer<typeof stepSchema>;

/** The output of `pulumi preview --json`, as far as it is read here. */
export interface Preview {
  readonly steps: readonly Step[];
  /** The stack's configuration by key, maps and lists as JSON; what is encrypted is hidden. */
  readonly config: Readonly<Record<string, unknown>>;
  /** What the engine and the program reported as errors. */
  readonly errors: readonly string[];
  /** How many resources each operation concerns, shown or not. */
  readonly summary: Readonly<Record<string, number>>;
}

/**
 * Takes a parsed document for the preview that it is.
 *
 * @throws Unreadable when it is none, or tells nothing.
 */
export function previewOf(document: unknown): Preview {
  if (typeof document !== "object" || document === null || Array.isArray(document))
    throw new Unreadable("it is JSON, but no preview: expected an object with steps");
  if ("sequence" in document || "resourcePreEvent" in document)
    throw new Unreadable("it is a log of engine events, not the output of `pulumi preview --json`");
  const { data, error } = previewSchema.safeParse(document);
  if (data === undefined) throw new Unreadable(`it is no preview: ${firstIssue(error)}`);
  const errors = (data.diagnostics ?? [])
    .filter(({ severity }) => severity === "error" || severity === "fatal")
    .map(({ message }) => linesOf(message));
  if (data.maybeCorrupt === true) errors.push("the engine says that its state may be damaged");
  const steps = data.steps ?? [];
  if (steps.length === 0 && errors.length === 0)
    throw new Unreadable("it is no preview: it has neither steps nor errors");
  return { steps, config: data.config ?? {}, errors, summary: data.changeSummary ?? {} };
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  const path = issue?.path.map(String).join(".") ?? "";
  return plain(`${path === "" ? "the document" : path}: ${issue?.message ?? "not as expected"}`);
}

/** Most lines of a diagnostic that are told: settings with many mistakes name them all. */
const MOST_LINES = 60;

/** The lines of a diagnostic that say something, without the engine's colours. */
function linesOf(message: string): string {
  const lines = message
    .replaceAll(/<\{%.*?%\}>/g, "")
    .replace(/^error: /, "")
    .split("\n");
  const told = lines.filter((line) => line.trim() !== "").slice(0, MOST_LINES);
  return told.length === 0 ? "an error without a message" : told.map((line) => plain(line, 2000)).join("\n");
}
