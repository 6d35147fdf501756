import { type Reference, referenceText } from "../../../stacks/settings/references";
import { codeToBuild } from "../deploy/describe";
import type { DeployPlan } from "../deploy/plan";
import { NoSuchReference, type ResolveOptions, resolveReferences } from "../images/resolve";

/** Commits by repository. */
export type Commits = ReadonlyMap<string, string>;

/** References of a deployment, by whether the code that they mean can become another. */
export interface Moving {
  readonly moving: readonly Reference[];
  /** Why others stay what they are, a line each. */
  readonly fixed: readonly string[];
}

/** Parts references into those that may move and those that cannot. */
export function partReferences(plan: Pick<DeployPlan, "request" | "settings">): Moving {
  const built = codeToBuild(plan);
  const judged = plan.request.references.map((reference) => ({
    reference,
    why: whyFixed(reference, built.includes(reference)),
  }));
  return {
    moving: judged.flatMap(({ reference, why }) => (why === undefined ? [reference] : [])),
    fixed: judged.flatMap(({ reference, why }) =>
      why === undefined ? [] : [`${referenceText(reference)} ${why}`],
    ),
  };
}

function whyFixed({ repository, ref }: Reference, built: boolean): string | undefined {
  if (ref.kind === "commit") return "is a commit, which stays what it is";
  if (repository === "deployment")
    return "is what deploys: check its new commits out, and deploy from there again";
  return built ? undefined : "is in images that are given with --image, and they stay what they are";
}

/**
 * The commits that references mean now.
 *
 * @throws NoSuchReference when one means nothing any more, Error when a forge does not answer.
 */
export async function commitsOf(
  references: readonly Reference[],
  options: ResolveOptions = {},
): Promise<Commits> {
  const resolved = await resolveReferences(references, options);
  return new Map(resolved.map(({ repository, commit }) => [repository, commit]));
}

/** What has moved between two looks, a line each. */
export function movedBetween(before: Commits, after: Commits): readonly string[] {
  return [...after].flatMap(([repository, commit]) => {
    const was = before.get(repository);
    return was === commit ? [] : [`${repository}: ${was?.slice(0, 9) ?? "nothing"} → ${commit.slice(0, 9)}`];
  });
}

/** Whether an error says that there is no such code, rather than that nobody could be asked. */
export function isNoMore(error: unknown): error is NoSuchReference {
  return error instanceof NoSuchReference;
}
