import { addressesOf } from "../../../stacks/settings/addresses";
import { NEVER } from "../../../stacks/settings/duration";
import type { Repository, TestBase } from "../../../stacks/settings";
import { type Reference, referenceText, referenceUrl } from "../../../stacks/settings/references";
import { settingKey } from "../../../stacks/settings/tree";
import { BUILT_IMAGES, type BuiltImage } from "../images/model";
import { PACKAGES_IN, recipeOf } from "../images/recipes";
import type { DeployPlan } from "./plan";

/** A plan as `deploy --dry-run --json` prints it. */
export interface PlanView {
  readonly name: string;
  readonly base: string;
  readonly pulls: readonly string[];
  readonly namespace: string;
  readonly urls: Readonly<Record<string, string>>;
  readonly cluster: string;
  /** What has to be built, unless it has been built before. */
  readonly builds: readonly string[];
  readonly images: Readonly<Partial<Record<BuiltImage, string>>>;
  readonly ttl: string;
  readonly keep?: string;
  /** What is written into its settings file, by setting; `null`: it is taken out. */
  readonly settings: Readonly<Record<string, string | null>>;
}

/** What a plan comes to, for people and programs. */
export function planView(plan: DeployPlan): PlanView {
  const { request, settings, local, edits } = plan;
  return {
    name: request.name,
    base: request.base,
    pulls: request.references.map(referenceText),
    namespace: settings.namespace,
    urls: addressesOf(settings),
    cluster: local
      ? "the control plane of this machine"
      : (settings.cluster?.context ?? "as its settings say"),
    builds: imagesToBuild(plan),
    images: request.images,
    ttl: settings.ttl ?? NEVER,
    ...(settings.keep !== undefined && { keep: settings.keep }),
    settings: Object.fromEntries(edits.map(({ path, value }) => [settingKey(path), value ?? null])),
  };
}

/** Images that the instance runs. */
export function runsOf({ settings }: Pick<DeployPlan, "settings">): ReadonlySet<BuiltImage> {
  const uses = new Set(settings.imageUses.map(({ use }) => use));
  return new Set(BUILT_IMAGES.filter((image) => uses.has(image)));
}

/** Whether code of a repository goes into an image of a base's test instances. */
function goesInto(repository: Repository, image: BuiltImage, base: TestBase): boolean {
  return recipeOf(image, base).repository === repository || !!PACKAGES_IN[repository]?.includes(image);
}

/** Code that nothing of the instance runs. Its own deployment's is run by whoever deploys. */
export function idleReferences(plan: Pick<DeployPlan, "request" | "settings">): readonly Reference[] {
  const { base, references } = plan.request;
  const runs = [...runsOf(plan)];
  return references.filter(
    ({ repository }) =>
      repository !== "deployment" && !runs.some((image) => goesInto(repository, image, base)),
  );
}

/** Code that goes into images which are built. */
export function codeToBuild(plan: Pick<DeployPlan, "request" | "settings">): readonly Reference[] {
  const { base, references } = plan.request;
  const images = imagesToBuild(plan);
  return references.filter(({ repository }) => images.some((image) => goesInto(repository, image, base)));
}

/** Images of it that its code goes into, less those that are given. */
export function imagesToBuild(plan: Pick<DeployPlan, "request" | "settings">): readonly BuiltImage[] {
  const { base, references, images } = plan.request;
  return [...runsOf(plan)].filter(
    (image) =>
      images[image] === undefined && references.some(({ repository }) => goesInto(repository, image, base)),
  );
}

/** The same as lines of a list. */
export function planRows(plan: DeployPlan): readonly (readonly [string, string])[] {
  const view = planView(plan);
  return [
    ...plan.request.references.map((one): [string, string] => [
      "runs",
      `${referenceText(one)}  ${referenceUrl(one)}`,
    ]),
    ["other code", `as ${view.base} runs it`],
    ["build", view.builds.join(", ") || "nothing"],
    ...Object.entries(view.images).map(([image, source]): [string, string] => [
      "image",
      `${image}  ${source}`,
    ]),
    ["cluster", view.cluster],
    ["namespace", view.namespace],
    ...Object.entries(view.urls),
    ["lives", view.ttl === NEVER ? `until somebody destroys it: ${view.keep ?? ""}` : view.ttl],
    ...Object.entries(view.settings).map(([key, value]): [string, string] => [
      "setting",
      value === null ? `${key} is taken out` : `${key}: ${value}`,
    ]),
  ];
}
