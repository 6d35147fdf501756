// Which stacks a change touches, by the paths of the files that it changes. Uses Node alone.

/** Environments that are previewed, by what builds them. Test instances have no settings of their own. */
const STACKS = {
  packit: [
    ...["stg", "prod", "stream-stg", "stream-prod", "source-git-stg", "source-git-prod"],
    ...["fedora-ci-stg", "fedora-ci-prod"],
  ],
  copr: ["copr-stg", "copr-prod"],
};

/** What no stack is built of. */
const APART =
  /^(?:docs|test|bench|local|cli|fleet|\.github|\.ci)\/|^[^/]*\.md$|^(?:LICENSE|Makefile|eslint\.config\.mjs)$|^\.[^/]+$/;
const COPR = /^(?:components\/copr|stacks\/settings\/copr|jobs\/copr)\/|^stacks\/copr/;
const PACKIT = /^(?:components\/packit|jobs\/sandbox)\/|^stacks\/packit/;

/**
 * The stacks to preview, in a fixed order.
 *
 * @param files paths within the repository
 * @param existing names of the stacks that have settings in it
 */
export function touchedStacks(files, existing) {
  const touched = new Set();
  for (const file of files) {
    const [, own] = /^Pulumi\.([a-z-]+)\.yaml$/.exec(file) ?? [];
    if (own !== undefined) touched.add(own);
    else if (APART.test(file)) continue;
    else if (COPR.test(file)) STACKS.copr.forEach((stack) => touched.add(stack));
    else if (PACKIT.test(file)) STACKS.packit.forEach((stack) => touched.add(stack));
    else [...STACKS.packit, ...STACKS.copr].forEach((stack) => touched.add(stack));
  }
  const durable = [...STACKS.packit, ...STACKS.copr];
  return durable.filter((stack) => touched.has(stack) && existing.includes(stack));
}
