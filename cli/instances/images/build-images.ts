import type { BaseImage, Builder, BuildOptions, BuiltImage, ImageBuild, ImagePlan } from "./model";

/** Reference with digest of each image of a plan, to be run as `packit:images.<image>.source`. */
export type BuiltReferences = Readonly<Partial<Record<BuiltImage, string>>>;

/**
 * Builds what is not there yet. Nothing that runs is touched, and what was built before a failure is there the next
 * time.
 *
 * @throws BuildError when a build fails; the others are waited for.
 */
export async function buildImages(
  plan: ImagePlan,
  builder: Builder,
  options: BuildOptions,
): Promise<BuiltReferences> {
  const ended = await Promise.allSettled(
    plan.map(async (build) => [build.image, await buildImage(build, builder, options)] as const),
  );
  const failures = ended.flatMap((end) => (end.status === "rejected" ? [end.reason as unknown] : []));
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1) {
    throw new Error(failures.map((one) => (one instanceof Error ? one.message : String(one))).join("\n"));
  }
  return Object.fromEntries(ended.flatMap((end) => (end.status === "fulfilled" ? [end.value] : [])));
}

async function buildImage(
  { image, steps }: ImageBuild,
  builder: Builder,
  options: BuildOptions,
): Promise<string> {
  const { made, left } = await firstMissing(steps, builder);
  if (left.length === 0 && made !== undefined) {
    options.onProgress(`${image}: built before, ${made}`);
    options.onFound?.(image);
    return made;
  }
  let last = made;
  for (const step of left) {
    const base = step.kind === "layer" ? (step.base ?? (await baseOf(last, builder))) : undefined;
    options.onProgress(`${image}: building ${step.name}:${step.tag}`);
    last = await builder.build(step, base, options);
  }
  if (last === undefined) throw new Error(`${image} has no step that builds it`);
  options.onProgress(`${image}: built ${last}`);
  return last;
}

/** The latest step whose image is there, and the steps after it. */
async function firstMissing(
  steps: ImageBuild["steps"],
  builder: Builder,
): Promise<{ readonly made?: string; readonly left: readonly ImageBuild["steps"][number][] }> {
  for (let index = steps.length - 1; index >= 0; index--) {
    const step = steps[index];
    const made = step && (await builder.find(step));
    if (made !== undefined) return { made, left: steps.slice(index + 1) };
  }
  return { left: steps };
}

async function baseOf(reference: string | undefined, builder: Builder): Promise<BaseImage | undefined> {
  if (reference === undefined) return undefined;
  const user = await builder.userOf(reference);
  return { reference, ...(user !== undefined && { user }) };
}
