import type { LivenessRequired } from '../../widget/protocol/messages/holder.ts';
import { Holder, type Answer, type RunningIssuer } from '../issuer/running-issuer.ts';
import { importedKeys, residentNumber } from './cast.ts';

export interface KeyedRequests {
  /** How many `Idempotency-Key`s, each with a person of its own. */
  keys: number;
  /** How often each is sent, at once. */
  times: number;
  /** Sends another person's application under each key instead. */
  changed: boolean;
}

/** So many keys are under way at the same time. */
const together = 50;

/**
 * Applies under each key, again and again for as long as the first request is under way.
 *
 * @returns for each key the answers: the body as text, or the problem
 */
export async function askWithKeys(
  running: RunningIssuer,
  { keys, times, changed }: KeyedRequests,
): Promise<string[][]> {
  const holder = await Holder.create(running, await importedKeys());
  const apply = async (key: number): Promise<string> => {
    for (;;) {
      const identity = residentNumber(changed ? key + 1 : key);
      const answer: Answer<LivenessRequired> = await holder.apply({ identity }, `key-${key}`);
      if (answer.problem === undefined) return JSON.stringify(answer.body);
      if (answer.problem !== 'unavailable') return answer.problem;
    }
  };
  const answers: string[][] = [];
  for (let first = 0; first < keys; first += together) {
    const group = Array.from({ length: Math.min(together, keys - first) }, (_, i) => first + i);
    const asked = group.map((key) => Promise.all(Array.from({ length: times }, () => apply(key))));
    answers.push(...(await Promise.all(asked)));
  }
  return answers;
}
