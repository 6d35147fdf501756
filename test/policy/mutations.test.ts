import assert from "node:assert/strict";

import fc from "fast-check";

import { displayName } from "../../policy/kubernetes";
import type { PolicyStack } from "../../policy/resource";
import { builders } from "./fleet";
import { awsMutations, MUTATIONS } from "./mutations/index";
import { applies, pick, type Mutation } from "./mutations/mutation";
import { altered, realStack, saysOf } from "./real";

/** Mutants of each stack. */
const MUTANTS = 1500;

/** So that what fails fails again; another one finds other mutants. */
const SEED = Number(process.env.MUTATION_SEED ?? 20_261_121);

/** A way to break one resource. */
interface Place {
  readonly mutation: Mutation;
  readonly on: string;
}

function places(stack: PolicyStack, mutations: readonly Mutation[]): Place[] {
  return mutations.flatMap((mutation) =>
    stack.resources
      .filter((resource) => applies(mutation, resource, stack))
      .map((resource) => ({ mutation, on: displayName(resource) })),
  );
}

/** Every mutant that its rule says nothing of. */
function missed(
  stack: PolicyStack,
  mutations: readonly Mutation[],
): { readonly all: number; readonly missed: string[] } {
  const all = places(stack, mutations);
  const tried = new Map<string, boolean>();
  fc.assert(
    fc.property(fc.nat(all.length - 1), fc.nat(1000), (index, choice) => {
      const { mutation, on } = pick(all, index);
      const mutant = altered(stack, on, (draft) => mutation.change(draft, choice, stack));
      const title = `${mutation.rule.id}: ${on} ${mutation.what} (choice ${choice})`;
      tried.set(title, saysOf(mutation.rule, mutant).length > 0);
    }),
    { numRuns: MUTANTS, seed: SEED },
  );
  return { all: tried.size, missed: [...tried].flatMap(([title, isCaught]) => (isCaught ? [] : [title])) };
}

/** Demands that all are caught, and says in the test's own title how many that are. */
function assertCaught(
  test: Mocha.Runnable | undefined,
  stack: PolicyStack,
  mutations: readonly Mutation[],
): void {
  const { all, missed: left } = missed(stack, mutations);
  const share = `${all - left.length} of ${all} mutants caught, seed ${SEED}`;
  if (test !== undefined) test.title += `: ${share}`;
  assert.deepEqual(left, [], share);
  assert.ok(all >= 1000, share);
}

describe("the rules", function () {
  this.timeout(120_000);

  it("are tried with what changes nothing, too, which none of them catches", async () => {
    const { missed: left, all } = missed(
      await realStack("prod"),
      MUTATIONS.map((mutation) => ({ ...mutation, change: () => undefined })),
    );
    assert.equal(left.length, all);
  });

  it("catch every mutant of prod that they claim to catch", async function () {
    assertCaught(this.test, await realStack("prod"), MUTATIONS);
  });

  it("catch every mutant of what Copr's builders have in AWS", async function () {
    assertCaught(this.test, await builders(), awsMutations);
  });
});
