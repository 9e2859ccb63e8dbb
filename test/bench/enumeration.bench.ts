import { people } from '../../mock-server/testbed/people.ts';
import type { TypedIdentity } from '../../widget/protocol/messages/holder.ts';
import { Holder, signIn, someGuest, startIssuer } from '../issuer/running-issuer.ts';
import { quantile } from './quantile.ts';
import type { BenchRow } from './row.ts';

const rounds = 150;
const warmUpRounds = 20;
/** What the difference may not come to, milliseconds: a network's own noise hides it then. */
const most = 5;

/**
 * How long the answer to an application takes, person by person: by the difference nobody is to learn
 * before liveness whether somebody is known, has a proof or has no application left.
 */
export async function benchEnumeration(): Promise<BenchRow[]> {
  const running = await startIssuer();
  await signIn(running, 'no-application-left');
  const spent = people.find(({ id }) => id === 'no-application-left')!.identity;
  const withProof = await someGuest(running);
  await (await Holder.create(running)).obtain({ identity: withProof });
  const unknown = Array.from({ length: rounds + warmUpRounds }, () => someGuest(running));
  const whoIn: Record<string, (round: number) => Promise<TypedIdentity>> = {
    'whom nobody knows': (round) => unknown[round]!,
    'with a proof': async () => withProof,
    'with no application left': async () => ({
      name: spent.name,
      number: spent.number,
      documentType: 'resident-id',
    }),
  };

  const milliseconds = new Map<string, number[]>();
  const names = Object.keys(whoIn);
  for (let round = 0; round < rounds + warmUpRounds; round++) {
    // A fresh device each round, whose proofs nothing limits; and another person first.
    const holder = await Holder.create(running);
    await holder.call('GET', '/v1/applications/x');
    names.push(...names.splice(0, 1));
    for (const name of names) {
      const identity = await whoIn[name]!(round);
      const start = performance.now();
      const { problem } = await holder.apply({ identity });
      const took = performance.now() - start;
      if (problem !== undefined) throw new Error(`an application was refused: ${problem}`);
      if (round >= warmUpRounds) {
        milliseconds.set(name, [...(milliseconds.get(name) ?? []), took]);
      }
    }
  }
  await running.close();

  const medians = [...milliseconds.values()].map((times) => quantile(times, 0.5));
  const gap = Math.max(...medians) - Math.min(...medians);
  return [
    {
      what: 'answer to an application, p50, largest gap between people known and unknown',
      value: Number(gap.toFixed(2)),
      unit: 'ms',
      beside: `${Math.min(...medians).toFixed(2)} ms, the quickest p50`,
      goal: `< ${most}`,
      met: gap < most,
    },
  ];
}
