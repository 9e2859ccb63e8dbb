import type { Ledger } from '../../widget/protocol/code/ledger.ts';
import { memoryLedger } from '../../widget/protocol/code/ledger.ts';
import { policy } from '../../widget/protocol/policy.ts';
import type { Post } from '../../mock-server/gate/page/configuration.ts';
import { Gate } from '../../mock-server/gate/page/gate.ts';
import type { IssuerConnection } from '../../mock-server/gate/page/issuer-client.ts';
import { Lists } from '../../mock-server/gate/page/lists.ts';
import { origin, station, type TestIssuer } from './test-issuer.ts';

export const post: Post = {
  station,
  purpose: 'entry',
  lane: '1',
  train: undefined,
  language: 'zh',
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
  ledger?: Ledger;
  credential?: string;
  /** How far the gate's clock is ahead of the issuer's, seconds. */
  ahead?: number;
}

/** A gate of one issuer, its lists fetched. */
export async function openGate(issuer: TestIssuer, options: GateOptions = {}) {
  const { ahead = 0, credential = 'gate-1', ledger = memoryLedger(policy.repeatSeconds) } = options;
  const connection: IssuerConnection = {
    issuer: origin,
    credential,
    send: issuer.send,
    deadline: () => new AbortController().signal,
  };
  const clock = { now: () => issuer.at + ahead, follow: async () => {} };
  const timers = handTimers();
  const lists = new Lists(connection, clock.now);
  const gate = new Gate(
    { connection, lists, ledger, clock, after: timers.after },
    { ...post, ...options.post },
  );
  await gate.refresh();
  return { gate, lists, clock, timers };
}

/** What the gate's display says of a text, in short. */
export async function verdictOn(gate: Gate, scanned: string): Promise<string> {
  await gate.judge(scanned);
  const { display } = gate.state;
  if (display?.kind === 'refused') return `${display.reason} ${display.code}`;
  return display?.kind ?? 'nothing';
}
