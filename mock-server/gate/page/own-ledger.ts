import { openDB, type DBSchema } from 'idb';
import {
  asEarlier,
  refusalOfRepeat,
  type CodeUse,
  type EarlierUse,
  type Ledger,
} from '../../../widget/protocol/code/ledger.ts';
import type { AdmissionRequest } from '../../../widget/protocol/messages/gate.ts';
import { refusalByHistory, type TicketHistory } from '../../../widget/protocol/tickets.ts';

/** What stays on the gate: random ids and instants, nothing about a person (B7). */
interface LedgerSchema extends DBSchema {
  uses: {
    /** `jti` and purpose. */
    key: string;
    value: EarlierUse;
  };
  histories: {
    /** Ticket id. */
    key: string;
    value: TicketHistory & { validUntil: number };
  };
  uploads: {
    /** `jti` and purpose. */
    key: string;
    value: Upload;
  };
}

/** An admission that the issuer has not heard of. The code in it is over by the time it is told. */
export type Upload = AdmissionRequest & { admittedAt: number };

/** The ledger of one gate alone, and what it has to tell the issuer of it. */
export interface OwnLedger extends Ledger {
  /** The same ledger; a use that it writes down is kept to be told, in the same atomic step. */
  telling: (upload: Upload) => Ledger;
  /** What is still to be told, in the order of the codes' ids. */
  uploads: () => Promise<Map<string, Upload>>;
  /** @param key as {@link OwnLedger.uploads} gave it */
  told: (key: string) => Promise<void>;
}

/** A use older than this belongs to a code that no gate accepts any more; seconds. */
const useSeconds = 24 * 60 * 60;

/**
 * The ledger in the browser: the rules of `memoryLedger`, in IndexedDB, so that neither a
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
): Promise<OwnLedger> {
  const database = await openDB<LedgerSchema>(name, 2, {
    upgrade: (upgrading, from) => {
      if (from < 1) {
        upgrading.createObjectStore('uses');
        upgrading.createObjectStore('histories');
      }
      upgrading.createObjectStore('uploads');
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

  async function admit(use: CodeUse, upload?: Upload) {
    const { jti, purpose, ticket } = use;
    const transaction = database.transaction(['uses', 'histories', 'uploads'], 'readwrite', {
      durability: 'strict',
    });
    const uses = transaction.objectStore('uses');
    const histories = transaction.objectStore('histories');
    const key = `${jti} ${purpose}`;
    const earlier = await uses.get(key);
    if (earlier) return refusalOfRepeat(earlier, use, repeatSeconds());
    const history = (await histories.get(ticket.id)) ?? { entries: 0, last: undefined };
    const refusal = refusalByHistory(ticket, purpose, history);
    if (refusal) return refusal;
    await uses.put(asEarlier(use), key);
    await histories.put(
      {
        entries: history.entries + (purpose === 'entry' ? 1 : 0),
        last: purpose,
        validUntil: ticket.validUntil,
      },
      ticket.id,
    );
    if (upload) await transaction.objectStore('uploads').put(upload, key);
    await transaction.done;
    return undefined;
  }

  return {
    admit: (use) => admit(use),
    telling: (upload) => ({ admit: (use) => admit(use, upload) }),
    uploads: async () => {
      const reading = database.transaction('uploads').store;
      const [keys, uploads] = await Promise.all([reading.getAllKeys(), reading.getAll()]);
      return new Map(keys.map((key, index) => [key, uploads[index]!]));
    },
    told: (key) => database.delete('uploads', key),
  };
}
