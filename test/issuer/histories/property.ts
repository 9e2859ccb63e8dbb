import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { examine, examineEnd } from './examination.ts';
import { histories, type History } from './history.ts';
import { Life } from './life.ts';
import { clearStage, openStage, type Stage } from './stage.ts';

/**
 * Lives so many random histories against the real issuer and store.
 *
 * @returns how often each thing happened
 * @throws an error that names the seed, the path and the shortest history that breaks a rule
 */
export async function everyHistoryHolds(options: {
  seed: number;
  numRuns: number;
}): Promise<ReadonlyMap<string, number>> {
  const stage = await openStage();
  try {
    await fc.assert(
      fc.asyncProperty(histories, (history) => live(stage, history)),
      options,
    );
    return stage.happened;
  } finally {
    await stage.running.close();
  }
}

/** @throws AssertionError where an answer differs from what the rules say */
async function live(stage: Stage, history: History): Promise<void> {
  await clearStage(stage, history.start);
  const life = new Life(stage);
  for (const step of history.steps) {
    await life.take(step);
    await examine(life, step);
  }
  await examineEnd(life);
  assert.deepEqual(stage.running.logged.splice(0), []);
}

/** Whether the histories came by every edge often enough to show anything. */
export function assertMet(happened: ReadonlyMap<string, number>, atLeast: number): void {
  for (const what of whatMustHappen) {
    const times = happened.get(what) ?? 0;
    assert.ok(times >= atLeast, `${what}: ${times} times`);
  }
}

const whatMustHappen = [
  'issued',
  'renewed',
  'existing',
  'quota-exhausted',
  'no-valid-proof',
  'liveness-failed',
  'liveness-expired',
  'review-pending',
  'review: approved',
  'review: review-refused',
  'refreshed',
  'refresh refused',
  'gate: admitted',
  'gate: expired',
  'gate: revoked',
];
