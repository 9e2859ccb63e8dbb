import { openDB, type DBSchema } from 'idb';
import { isRepeat, type CodeUse, type Ledger } from '../../../widget/protocol/code/ledger.ts';
import { refusalByHistory, type TicketHistory } from '../../../widget/protocol/tickets.ts';

/** What stays on the gate: random ids and instants, nothing about a person (B7). */
interface LedgerSchema extends DBSchema {
  uses: {
    /** `jti` and purpose. */
    key: string;
    value: Pick<CodeUse, 'lane' | 'at'>;
  };
  histories: {
    /** Ticket id. */
    key: string;
    value: TicketHistory & { validUntil: number };
  };
}

/** A use older than this belongs to a code that no gate accepts any more; seconds. */
const useSeconds = 24 * 60 * 60;

/**
 * The ledger of this gate alone: the rules of `memoryLedger`, in IndexedDB, so that neither a
 * reload nor a second tab lets the same code in again. One read-write transaction is the atomic
 * step.
 *
 * @param repeatSeconds the policy's, asked at each use because the issuer may change it
 * @param at whole seconds since the epoch; what nobody can ask about any more is dropped
 */
export async function openOwnLedger(
  repeatSeconds: () => number,
  at: number,
  name = 'boarding-id-gate',
): Promise<Ledger> {
  const database = await openDB<LedgerSchema>(name, 1, {
    upgrade: (upgrading) => {
      upgrading.createObjectStore('uses');
      upgrading.createObjectStore('histories');
    },
  });

  const sweeping = database.transaction(['uses', 'histories'], 'readwrite');
  for await (const cursor of sweeping.objectStore('uses')) {
    if (cursor.value.at < at - useSeconds) await cursor.delete();
  }
  for await (const cursor of sweeping.objectStore('histories')) {
    if (cursor.value.validUntil < at) await cursor.delete();
  }
  await sweeping.done;

  return {
    admit: async ({ jti, purpose, ticket, lane, at }) => {
      const transaction = database.transaction(['uses', 'histories'], 'readwrite', {
        durability: 'strict',
      });
      const uses = transaction.objectStore('uses');
      const histories = transaction.objectStore('histories');
      const key = `${jti} ${purpose}`;
      const earlier = await uses.get(key);
      if (earlier) {
        return isRepeat(earlier, { lane, at }, repeatSeconds()) ? undefined : 'already-used';
      }
      const history = (await histories.get(ticket.id)) ?? { entries: 0, last: undefined };
      const refusal = refusalByHistory(ticket, purpose, history);
      if (refusal) return refusal;
      await uses.put({ lane, at }, key);
      await histories.put(
        {
          entries: history.entries + (purpose === 'entry' ? 1 : 0),
          last: purpose,
          validUntil: ticket.validUntil,
        },
        ticket.id,
      );
      await transaction.done;
      return undefined;
    },
  };
}
