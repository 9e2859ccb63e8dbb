import assert from 'node:assert/strict';
import { openStore, type Store, type StoreOptions } from '../../mock-server/store/open-store.ts';
import type { Answer } from '../issuer/running-issuer.ts';
import { contradictions } from '../races/agreement.ts';
import { halfIssued } from './half-issued.ts';
import type { MortalServer } from './mortal-server.ts';
import type { Point } from './points.ts';

/** The server is killed at a point of what it is asked for, and started again. */
export async function crash(
  server: MortalServer,
  time: number,
  point: Point,
  ask: () => Promise<unknown>,
): Promise<void> {
  const { moment } = point;
  await server.order({ time, crashAt: point });
  const death = server.died();
  await assert.rejects(ask(), TypeError, `${moment}: nothing is answered`);
  assert.deepEqual(await death, { signal: 'SIGKILL', at: moment });
  await server.order({ time });
}

/** Asks again as the component does: three times at most, each when it is told to. */
export async function askAgain<Body>(
  server: MortalServer,
  since: number,
  ask: () => Promise<Answer<Body>>,
): Promise<Answer<Body>> {
  let time = since;
  for (let tried = 1; ; tried++) {
    const answer = await ask();
    if (answer.problem !== 'unavailable' || tried === 3) return answer;
    time += Number(answer.headers.get('Retry-After')) * 1000;
    await server.order({ time });
  }
}

/** Looks into the store from beside the server. */
export async function beside<Seen>(
  place: StoreOptions,
  look: (store: Store) => Promise<Seen>,
): Promise<Seen> {
  const store = await openStore(place);
  try {
    return await look(store);
  } finally {
    await store.destroy();
  }
}

/** What contradicts what in a store, whoever asked for it. */
export const disagreements = async (store: Store, time: number): Promise<string[]> => [
  ...(await contradictions(store, time / 1000)),
  ...(await halfIssued(store)),
];
