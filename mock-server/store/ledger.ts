import {
  refusalOfRepeat,
  type CodeUse,
  type Ledger,
  type UseRefusal,
} from '../../widget/protocol/code/ledger.ts';
import {
  refusalByHistory,
  type Consuming,
  type TicketHistory,
} from '../../widget/protocol/tickets.ts';
import type { Store, StoreTransaction } from './open-store.ts';

/** The ledger that gates share: one transaction a use, and a refused use writes nothing. */
export const sharedLedger = (store: Store, repeatSeconds: number): Ledger => ({
  admit: async (use) => {
    try {
      return await store
        .transaction()
        .execute((transaction) => admit(transaction, use, repeatSeconds));
    } catch (thrown) {
      if (thrown instanceof Refused) return thrown.refusal;
      throw thrown;
    }
  },
});

/** Thrown within the transaction, so that it is rolled back. */
class Refused extends Error {
  readonly refusal: UseRefusal;

  constructor(refusal: UseRefusal) {
    super(refusal);
    this.refusal = refusal;
  }
}

async function admit(
  transaction: StoreTransaction,
  use: CodeUse,
  repeatSeconds: number,
): Promise<undefined> {
  const { jti, purpose, lane, at, ticket } = use;
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('code_uses')
    .values({ jti, purpose, lane, ticket_id: ticket.id, used_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows !== 1n) {
    const earlier = await transaction
      .selectFrom('code_uses')
      .select(['lane', 'used_at as at', 'ticket_id as ticketId'])
      .where('jti', '=', jti)
      .where('purpose', '=', purpose)
      .executeTakeFirstOrThrow();
    const refusal = refusalOfRepeat(earlier, use, repeatSeconds);
    if (refusal) throw new Refused(refusal);
    return undefined;
  }
  await useTicket(transaction, use);
  return undefined;
}

/** Adds a link to the ticket's chain of uses, computed from those before. */
async function useTicket(transaction: StoreTransaction, use: CodeUse): Promise<void> {
  const { ticket, purpose, at } = use;
  for (;;) {
    const uses = await transaction
      .selectFrom('ticket_uses')
      .select(['ordinal', 'purpose'])
      .where('ticket_id', '=', ticket.id)
      .orderBy('ordinal')
      .execute();
    const history: TicketHistory = {
      entries: uses.filter((earlier) => earlier.purpose === 'entry').length,
      last: uses.at(-1)?.purpose as Consuming | undefined,
    };
    const refusal = refusalByHistory(ticket, purpose, history);
    if (refusal) throw new Refused(refusal);
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto('ticket_uses')
      .values({ ticket_id: ticket.id, ordinal: uses.length + 1, purpose, used_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 1n) return;
  }
}
