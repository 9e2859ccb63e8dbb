import { policy } from '../../widget/protocol/policy.ts';
import type { Post } from '../../mock-server/gate/page/configuration.ts';
import { Gate } from '../../mock-server/gate/page/gate.ts';
import type { IssuerConnection } from '../../mock-server/gate/page/issuer-client.ts';
import { Lists } from '../../mock-server/gate/page/lists.ts';
import type { KeptLists } from '../../mock-server/gate/page/lists-cache.ts';
import { openOwnLedger, type OwnLedger } from '../../mock-server/gate/page/own-ledger.ts';
import { origin, station, type TestIssuer } from './test-issuer.ts';

export const post: Post = {
  station,
  purpose: 'entry',
  lane: '1',
  train: undefined,
  language: 'zh',
  sound: false,
};

/** Timers that a test lets run out; none of them sleeps. */
export function handTimers() {
  const waiting = new Set<{ milliseconds: number; callback: () => void }>();
  return {
    after: (milliseconds: number, callback: () => void): (() => void) => {
      const timer = { milliseconds, callback };
      waiting.add(timer);
      return () => void waiting.delete(timer);
    },
    /** Lets those run out that were set for no longer than `most` milliseconds. */
    runOut: (most: number): void => {
      const due = [...waiting].filter(({ milliseconds }) => milliseconds <= most);
      for (const timer of due) {
        waiting.delete(timer);
        timer.callback();
      }
    },
  };
}

interface GateOptions {
  post?: Partial<Post>;
  ledger?: OwnLedger;
  /** What the gate held before it was started anew. */
  kept?: KeptLists;
  /** Nothing can be written. */
  storageFull?: boolean;
  credential?: string;
  /** How far the gate's clock is ahead of the issuer's, seconds. */
  ahead?: number;
}

/** A ledger that no other gate of the tests has. */
export const freshLedger = (at: number): Promise<OwnLedger> =>
  openOwnLedger(() => policy.repeatSeconds, at, `gate-${crypto.randomUUID()}`);

/** A gate of one issuer, its lists fetched. */
export async function openGate(issuer: TestIssuer, options: GateOptions = {}) {
  const { ahead = 0, credential = 'gate-1', ledger = await freshLedger(issuer.at) } = options;
  let { kept = {} } = options;
  const connection: IssuerConnection = {
    issuer: origin,
    credential,
    crewCredential: 'crew-1',
    send: issuer.send,
    deadline: () => new AbortController().signal,
  };
  const clock = { now: () => issuer.at + ahead, follow: async () => {} };
  const timers = handTimers();
  const cache = {
    read: async () => kept,
    write: async (lists: KeptLists) => {
      if (options.storageFull) throw new DOMException('', 'QuotaExceededError');
      kept = structuredClone(lists);
    },
  };
  const lists = new Lists(connection, cache, clock.now);
  const gate = new Gate(
    { connection, lists, ledger, clock, after: timers.after },
    { ...post, ...options.post },
  );
  await gate.start();
  return { gate, lists, clock, timers, ledger, held: () => kept };
}

/** What the gate's display says of a text, in short. */
export async function verdictOn(gate: Gate, scanned: string): Promise<string> {
  await gate.judge(scanned);
  const { display } = gate.state;
  if (display?.kind === 'refused') return `${display.reason} ${display.code}`;
  return display?.kind ?? 'nothing';
}
