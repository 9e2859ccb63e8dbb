import { extendChain, nextLink } from '../../mock-server/issuer/proof-chain.ts';
import type { Store } from '../../mock-server/store/open-store.ts';
import { addProof, lastProof } from '../../mock-server/store/proofs.ts';
import { policy } from '../../widget/protocol/policy.ts';
import type { RunningIssuer } from '../issuer/running-issuer.ts';

export interface Applications {
  person: string;
  /** Whole seconds since the epoch. */
  at: number;
  count: number;
  /** Reads, and then inserts by what was read: what the chain's constraint is there against. */
  naively?: boolean;
}

/** Has one person's applications approved, all at once. @returns what each came to */
export function applyAtOnce(
  { store }: RunningIssuer,
  { person, at, count, naively = false }: Applications,
): Promise<string[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      if (naively) return applyNaively(store, person, at);
      const { status } = await store
        .transaction()
        .execute((transaction) => extendChain(transaction, policy, person, aLink(), at));
      return status;
    }),
  );
}

async function applyNaively(store: Store, person: string, at: number): Promise<string> {
  const next = nextLink(person, await lastProof(store, person), at, policy);
  if (next.status === 'extend') await addProof(store, { ...next.link, ...aLink() });
  return next.status;
}

const aLink = () => ({ number: crypto.randomUUID(), application: crypto.randomUUID() });
