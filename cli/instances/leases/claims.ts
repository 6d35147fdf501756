import { acquired, labelled, type Lease, type LeaseKind, newLease, renewed } from "./lease";
import type { Holding } from "./holding";
import { hasLeft, isOf, ownerOf, type Snapshot } from "./snapshot";
import type { Store } from "./store";

/** What a stack has for as long as it lives: an identity of the pool, a place among those that live at once. */
export class Claims {
  constructor(
    readonly store: Store,
    readonly look: () => Promise<Snapshot>,
  ) {}

  /**
   * Makes sure of something that the stack has already. It is written, so that nobody who has looked before, when it
   * seemed to be left, can still take it.
   *
   * @returns undefined when somebody was faster.
   */
  async keep(lease: Lease): Promise<true | undefined> {
    return (await this.store.replace(renewed(lease, this.store.now()))) && true;
  }

  /** Takes something that is free. @returns undefined when somebody was faster. */
  async take(
    kind: LeaseKind,
    name: string,
    free: Lease | undefined,
    stack: string,
  ): Promise<true | undefined> {
    const taken = labelled(acquired(free ?? newLease(kind, name), stack, this.store.now()), stack);
    const written = free === undefined ? await this.store.create(taken) : await this.store.replace(taken);
    return written && true;
  }

  /** Gives back everything of these kinds that the stack has, one kind after the other. */
  async giveBack(holding: Holding, kinds: readonly LeaseKind[]): Promise<void> {
    for (const kind of kinds) {
      await holding.insist(async () => {
        const { leases } = await this.look();
        const mine = leases.filter(
          (lease) =>
            isKind(kind, lease) &&
            (ownerOf(lease) ?? holding.name) === holding.name &&
            isOf(lease, holding.name),
        );
        const gone = await Promise.all(mine.map((lease) => this.store.remove(lease)));
        return gone.every(Boolean) || undefined;
      });
    }
  }
}

/** Of these leases those that somebody may take: nobody's, or of a stack that has left. */
export function freeOnes(
  snapshot: Snapshot,
  leases: ReadonlyMap<string, Lease>,
  names: readonly string[],
  sleeping: "keeps" | "gives up",
): readonly string[] {
  return names.filter((name) => {
    const lease = leases.get(name);
    return lease === undefined || hasLeft(snapshot, ownerOf(lease), sleeping);
  });
}

function isKind(kind: LeaseKind, { metadata }: Lease): boolean {
  return metadata.name.startsWith(`${kind}-`);
}
