import { type Claims, freeOnes } from "./claims";
import { NoIdentity } from "./errors";
import type { Holding } from "./holding";
import { ownerOf } from "./snapshot";

/**
 * Takes an identity of the pool that nobody has, or keeps the one that the stack has.
 *
 * @throws NoIdentity when all are taken.
 */
export function takeIdentity<I extends { readonly name: string }>(
  claims: Claims,
  holding: Holding,
  pool: readonly I[],
): Promise<I> {
  const stack = holding.name;
  return holding.insist(async () => {
    const snapshot = await claims.look();
    const leases = snapshot.byIdentity;
    for (const identity of pool) {
      const lease = leases.get(identity.name);
      if (lease !== undefined && ownerOf(lease) === stack) return (await claims.keep(lease)) && identity;
    }
    const names = pool.map(({ name }) => name);
    const free = freeOnes(snapshot, leases, names, "keeps");
    // Any of them will do; many who come at once had better not reach for the same.
    const any = free[Math.floor(claims.store.clock.random() * free.length)];
    const chosen = pool.find(({ name }) => name === any);
    if (chosen === undefined) {
      // Some of those who have one may be gone, and that will be known soon.
      if (snapshot.doubtful) return undefined;
      throw new NoIdentity(
        stack,
        names.flatMap((identity) => {
          const owner = snapshot.identities[identity];
          const by = snapshot.instances.find(({ name }) => name === owner);
          return by === undefined ? [] : [{ identity, by }];
        }),
      );
    }
    return (await claims.take("identity", chosen.name, leases.get(chosen.name), stack)) && chosen;
  });
}
