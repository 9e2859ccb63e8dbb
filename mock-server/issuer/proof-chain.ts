import type { Proof } from '../../widget/protocol/messages/holder.ts';
import type { Policy } from '../../widget/protocol/policy.ts';
import { monthOf, startOfNextMonth } from '../../widget/protocol/shanghai-time.ts';
import type { Store } from '../store/open-store.ts';
import { addProof, lastProof } from '../store/proofs.ts';
import type { ProofRow } from '../store/schema.ts';

/** What an approved application comes to. */
export type ChainResult =
  | { status: 'issued' | 'existing'; proof: ProofRow }
  | { status: 'quota-exhausted'; availableFrom: number };

type NextLink =
  | { status: 'extend'; link: Omit<ProofRow, 'number' | 'application'> }
  | { status: 'existing'; proof: ProofRow }
  | Extract<ChainResult, { status: 'quota-exhausted' }>;

/**
 * The rule of the chain: whether a person may have another proof, computed from the last alone.
 *
 * @param at whole seconds since the epoch
 */
export function nextLink(
  person: string,
  last: ProofRow | undefined,
  at: number,
  policy: Policy,
): NextLink {
  // R11, and whoever applies with a proof still valid is shown that proof instead (R7).
  if (last && at < last.renew_from) return { status: 'existing', proof: last };
  const month = monthOf(at);
  const monthOrdinal = last?.month === month ? last.month_ordinal + 1 : 1;
  if (monthOrdinal > policy.applicationsPerMonth) {
    return { status: 'quota-exhausted', availableFrom: startOfNextMonth(at) };
  }
  return {
    status: 'extend',
    link: {
      person,
      ordinal: (last?.ordinal ?? 0) + 1,
      month,
      month_ordinal: monthOrdinal,
      issued_at: at,
      valid_until: at + policy.proofSeconds,
      renew_from: at + policy.proofSeconds - policy.renewBeforeSeconds,
    },
  };
}

/**
 * Extends a person's chain, under any concurrency: whoever adds nothing because another was first
 * reads again and decides again.
 */
export async function extendChain(
  store: Store,
  policy: Policy,
  person: string,
  proof: Pick<ProofRow, 'number' | 'application'>,
  at: number,
): Promise<ChainResult> {
  for (;;) {
    const next = nextLink(person, await lastProof(store, person), at, policy);
    if (next.status !== 'extend') return next;
    const row: ProofRow = { ...next.link, ...proof };
    if (await addProof(store, row)) return { status: 'issued', proof: row };
  }
}

/** A person's proof, if it still holds (R10). */
export async function validProof(
  store: Store,
  person: string,
  at: number,
): Promise<ProofRow | undefined> {
  const last = await lastProof(store, person);
  return last && at < last.valid_until ? last : undefined;
}

/** Applications that a person has left in the month of `at`, and when they return if none is. */
export function applicationsLeft(
  last: ProofRow | undefined,
  at: number,
  policy: Policy,
): { applicationsLeft: number; applicationsFrom?: number } {
  const used = last?.month === monthOf(at) ? last.month_ordinal : 0;
  const left = Math.max(0, policy.applicationsPerMonth - used);
  return {
    applicationsLeft: left,
    ...(left === 0 ? { applicationsFrom: startOfNextMonth(at) } : {}),
  };
}

export const asProof = (row: ProofRow): Proof => ({
  number: row.number,
  issuedAt: row.issued_at,
  validUntil: row.valid_until,
  renewFrom: row.renew_from,
});
