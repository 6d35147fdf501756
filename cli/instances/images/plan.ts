import type { TestBase } from "../../../stacks/settings/names";
import { type Reference, referencesInOrder } from "../../../stacks/settings/references";
import {
  type BaseImage,
  type BuildStep,
  BUILT_IMAGES,
  type BuiltImage,
  type ImageBuild,
  type ImagePlan,
  type LayerStep,
  type RepositoryStep,
  type ResolvedReference,
} from "./model";
import { IMAGE_NAMES, PACKAGES_IN, type Recipe, recipeOf } from "./recipes";
import { layerTag, repositoryTag } from "./tag";

/** What an instance is to run. */
export interface PlanSubject<R extends Reference = ResolvedReference> {
  readonly references: readonly R[];
  readonly base: TestBase;
  /** Images that the instance runs; others are not built. */
  readonly runs: ReadonlySet<BuiltImage>;
}

/** What has been looked up for a plan. */
export interface Lookups {
  /** Address of the instance's API, as a browser reaches it. */
  readonly apiUrl: string;
  /** What the base runs, for each image of {@link lookupsFor}. */
  readonly bases: Readonly<Partial<Record<BuiltImage, BaseImage>>>;
  /** Digests of the images that Dockerfiles begin with. */
  readonly foundations: ReadonlyMap<string, string>;
}

/** What goes into one image. */
interface Contents<R extends Reference> {
  readonly image: BuiltImage;
  readonly recipe: Recipe;
  /** Absent: the base's image stays as it is underneath. */
  readonly repository?: R;
  readonly packages: readonly R[];
}

/** Which images have to be looked up before {@link planImages}: those that get a layer, and those built upon. */
export function lookupsFor(subject: PlanSubject<Reference>): {
  readonly bases: readonly BuiltImage[];
  readonly foundations: readonly string[];
} {
  const contents = contentsOf(subject);
  const built = contents.filter(({ repository }) => repository !== undefined);
  return {
    bases: contents.filter((one) => !built.includes(one)).map(({ image }) => image),
    foundations: [
      ...new Set(built.flatMap(({ recipe }) => (recipe.foundation === undefined ? [] : [recipe.foundation]))),
    ],
  };
}

/**
 * What has to be built for an instance: one image carries all the references that belong into it.
 *
 * @throws Error when a lookup is missing.
 */
export function planImages(subject: PlanSubject, lookups: Lookups): ImagePlan {
  return contentsOf(subject).map((contents): ImageBuild => {
    const { image, recipe, repository, packages } = contents;
    const steps: BuildStep[] = [];
    if (repository !== undefined)
      steps.push(repositoryStep(image, recipe, repository, subject.base, lookups));
    if (packages.length > 0) steps.push(layerStep(image, packages, steps[0], lookups));
    const [first, ...rest] = steps;
    if (first === undefined) throw new Error(`nothing goes into the image ${image}`);
    return { image, steps: [first, ...rest] };
  });
}

function contentsOf<R extends Reference>({ references, base, runs }: PlanSubject<R>): readonly Contents<R>[] {
  const ordered = referencesInOrder(references) as readonly R[];
  return BUILT_IMAGES.filter((image) => runs.has(image)).flatMap((image) => {
    const recipe = recipeOf(image, base);
    const repository = ordered.find((one) => one.repository === recipe.repository);
    const packages = ordered.filter((one) => PACKAGES_IN[one.repository]?.includes(image));
    if (repository === undefined && packages.length === 0) return [];
    return [{ image, recipe, packages, ...(repository !== undefined && { repository }) }];
  });
}

function repositoryStep(
  image: BuiltImage,
  { dockerfile, foundation: reference, ...recipe }: Recipe,
  source: ResolvedReference,
  base: TestBase,
  { apiUrl, foundations }: Lookups,
): RepositoryStep {
  const foundation = reference === undefined ? undefined : foundations.get(reference);
  if (reference !== undefined && foundation === undefined) throw new Error(`${reference} was not looked up`);
  const name = IMAGE_NAMES[image];
  const buildArgs = recipe.buildArgs({ base, commit: source.commit, apiUrl });
  const inputs = { source, dockerfile, buildArgs, ...(foundation !== undefined && { foundation }) };
  return { kind: "repository", name, tag: repositoryTag(name, inputs), source, dockerfile, buildArgs };
}

function layerStep(
  image: BuiltImage,
  references: readonly ResolvedReference[],
  before: BuildStep | undefined,
  { bases }: Lookups,
): LayerStep {
  const name = IMAGE_NAMES[image];
  const packages = references.map(({ url, commit }) => `git+${url}@${commit}`);
  if (before !== undefined) {
    return { kind: "layer", name, tag: layerTag(name, { packages, on: before.tag }), packages };
  }
  const base = bases[image];
  if (base === undefined) throw new Error(`the base's image ${image} was not looked up`);
  return { kind: "layer", name, tag: layerTag(name, { packages, on: base }), packages, base };
}
