import { startIssuer, Holder, type RunningIssuer } from '../running-issuer.ts';
import { HistoryGate } from './gate.ts';
import { devices } from './history.ts';

/** An issuer with its store, a gate, and three devices: it serves one history after another. */
export interface Stage {
  running: RunningIssuer;
  gate: HistoryGate;
  holders: readonly Holder[];
  /** How often each thing happened: a property that meets no edge shows nothing. */
  happened: Map<string, number>;
}

export async function openStage(): Promise<Stage> {
  const running = await startIssuer();
  return {
    running,
    gate: await HistoryGate.open(running),
    holders: await Promise.all(devices.map(() => Holder.create(running))),
    happened: new Map(),
  };
}

/** Everything but the issuer's own keys: making those anew would cost more than a history does. */
const tablesOfPeople = [
  'proofs',
  'grants',
  'applications',
  'liveness_checks',
  'identities',
  'seen_dpop_proofs',
] as const;

/** Makes the issuer one that knows nobody yet, at an instant in milliseconds. */
export async function clearStage({ running }: Stage, start: number): Promise<void> {
  for (const table of tablesOfPeople) await running.store.deleteFrom(table).execute();
  running.time = start;
}
