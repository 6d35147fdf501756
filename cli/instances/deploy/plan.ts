import { existsSync, readFileSync } from "node:fs";

import {
  filesIn,
  parseStackName,
  requirePackit,
  type Settings,
  SettingsError,
  type SettingsFiles,
  type TestInstanceName,
} from "../../../stacks/settings";
import { NEVER } from "../../../stacks/settings/duration";
import { type Finding, refuse } from "../../../stacks/settings/errors";
import { setCommand } from "../../../stacks/settings/fixes";
import { examineSettings } from "../../../stacks/settings/load";
import { readPlainFile } from "../../../stacks/settings/plain-files";
import { type Reference, refText, referenceText } from "../../../stacks/settings/references";
import { settingKey, valueAt } from "../../../stacks/settings/tree";
import { type Edit, edited } from "../../images/settings-file";
import type { ProjectPaths } from "../../paths";
import { trackedFile } from "../../stack-files";
import { BUILT_IMAGES, type BuiltImage } from "../images/model";
import { idleReferences } from "./describe";
import { type Part, partSettings } from "./parts";
import { type DeployRequest, RequestError } from "./request";

/** The component that runs a repository's code, where an instance may be without it. */
const PARTS_OF: Readonly<Partial<Record<Reference["repository"], Part>>> = {
  dashboard: "dashboard",
  "packit-service-fedmsg": "fedmsg",
  "packit-service-centosmsg": "centosmsg",
  tokman: "tokman",
  sandcastle: "sandbox",
};

/** What a deployment of a test instance does, as far as it can be said beforehand. */
export interface DeployPlan {
  readonly request: DeployRequest;
  readonly stack: TestInstanceName;
  /** Settings as they will be, but for what is built. */
  readonly settings: Settings;
  /** What is written into the instance's own settings file. */
  readonly edits: readonly Edit[];
  /** Whether it goes to the control plane of this machine. */
  readonly local: boolean;
}

/**
 * Finds out what a deployment would do. Nothing is written.
 * @throws SettingsError with everything that is wrong with the settings as they would be.
 * @throws RequestError when nothing of the instance would run the code.
 */
export function planDeploy(paths: ProjectPaths, request: DeployRequest): DeployPlan {
  const stack = parseStackName(request.name);
  if (stack.kind !== "test-instance") throw new Error(`${request.name} is no test instance`);
  const files = filesIn(paths.root);
  const before = readPlainFile(files, stack.name).settings;
  const edits = editsOf(stack, request, sameCode(before.pulls, request.references)).filter(
    // What is not there need not be taken out.
    ({ path, value }) => value !== undefined || valueAt(before, path) !== undefined,
  );
  const { settings, local } = examine(stack, withEdits(paths, files, stack, edits));
  const plan = { request, stack, settings, edits, local };
  const idle = idleReferences(plan).map((reference) => nothingRuns(reference, plan));
  if (idle.length > 0) throw new RequestError(idle);
  return plan;
}

function nothingRuns(reference: Reference, { stack }: Pick<DeployPlan, "stack">): Finding {
  const part = PARTS_OF[reference.repository];
  return {
    key: reference.repository,
    problem: `is run by nothing: ${stack.name} has no ${part ?? "component with it"}`,
    seen: referenceText(reference),
    fix:
      part === undefined
        ? "leave it out"
        : `turn it on with ${setCommand(stack, ["components", part], "true")}, or with --only worker,${part}; ` +
          `what it reaches is in docs/test-instances.md`,
  };
}

/** Settings of an instance, where what is encrypted in its file is taken on trust: the program checks it. */
function examine(stack: TestInstanceName, files: SettingsFiles): Pick<DeployPlan, "settings" | "local"> {
  const { settings: values, encrypted } = readPlainFile(files, stack.name);
  const config = { values, secretKeys: new Set<string>() };
  const { settings, findings } = examineSettings(requirePackit(stack), config, files);
  const unknown = new Set(encrypted.map(settingKey));
  refuse(
    stack.name,
    findings.filter(({ key }) => !unknown.has(key)),
  );
  if (settings === undefined) throw new SettingsError(stack.name, findings);
  return {
    settings,
    local: settings.cluster === undefined && !encrypted.some(([first]) => first === "cluster"),
  };
}

/** The files as they would be with the edits. */
function withEdits(
  paths: ProjectPaths,
  files: SettingsFiles,
  { name }: TestInstanceName,
  edits: readonly Edit[],
): SettingsFiles {
  const file = trackedFile(paths, name);
  const text = edited(existsSync(file) ? readFileSync(file, "utf8") : "", edits, file);
  return { read: (stack) => (stack === name ? text : files.read(stack)) };
}

function editsOf(stack: TestInstanceName, request: DeployRequest, sameAsBefore: boolean): readonly Edit[] {
  const { references, parts, ttl, keep, images } = request;
  const listsAll = stack.pulls.length === references.length;
  return [
    ...(listsAll ? [] : pullEdits(references)),
    ...(parts === undefined
      ? []
      : partSettings(parts).map(([part, value]) => ({ path: ["components", part], value }))),
    ...(ttl === undefined
      ? []
      : [
          { path: ["ttl"], value: ttl },
          { path: ["keep"], value: ttl === NEVER ? keep : undefined },
        ]),
    // What was built of other code is not to run any more.
    ...(sameAsBefore ? [] : imageEdits(Object.fromEntries(BUILT_IMAGES.map((image) => [image, undefined])))),
    ...imageEdits(images),
  ];
}

function pullEdits(references: readonly Reference[]): readonly Edit[] {
  return [
    { path: ["pulls"], value: undefined },
    ...references.map(({ repository, ref }) => ({ path: ["pulls", repository], value: refText(ref) })),
  ];
}

/** Settings that have an instance run these images; undefined: what its base runs. */
export function imageEdits(
  images: Readonly<Partial<Record<BuiltImage, string | undefined>>>,
): readonly Edit[] {
  return Object.entries(images).map(([image, value]) => ({ path: ["images", image, "source"], value }));
}

/** Whether the instance ran this code before; one whose name lists it has no setting of it. */
function sameCode(before: unknown, references: readonly Reference[]): boolean {
  if (before === undefined) return true;
  const pulls = before as Readonly<Record<string, unknown>>;
  const texts = Object.entries(pulls).map(([repository, text]) => `${repository}=${String(text)}`);
  return texts.sort().join(" ") === references.map(referenceText).sort().join(" ");
}
