import { holderCalls } from '../../../widget/protocol/calls.ts';
import { inShort, type Answer } from '../answer.ts';
import { demand, type Area } from '../check.ts';
import { apply, askToApply, askToView, traveller } from '../steps.ts';
import { TestHolder } from '../test-holder.ts';
import { someone } from '../test-people.ts';

/** What an answer looks like from outside: every member's name and kind, and no value. */
const outline = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.slice(0, 1).map(outline)
    : typeof value === 'object' && value !== null
      ? Object.entries(value)
          .map(([name, member]) => [name, outline(member)])
          .sort(([a], [b]) => String(a).localeCompare(String(b)))
      : typeof value;

/** Headers that say something of the answer, and not of its moment. */
const telling = ({ headers }: Answer): string[] =>
  [...headers.keys()].filter((name) => name !== 'date' && name !== 'age');

/** @throws {Failed} unless one of two answers cannot be told from the other */
function demandAlike(known: Answer, unknown: Answer, who: string): void {
  const [a, b] = [inShort(known), inShort(unknown)];
  demand(a === b, `the same answer ${who}`, `${a}, and ${b}`);
  const isSameShape = JSON.stringify(outline(known.body)) === JSON.stringify(outline(unknown.body));
  demand(isSameShape, `an answer of the same members ${who}`, 'members that differ');
  const isSameHeaders = String(telling(known)) === String(telling(unknown));
  demand(isSameHeaders, `the same headers ${who}`, 'headers that differ');
}

export const enumeration: Area = {
  title: 'Nothing told before liveness',
  checks: [
    {
      name: 'silent-before-liveness',
      contract: 'protocol, no enumeration',
      holds:
        'Applying and looking are answered alike for whoever has a proof and whoever has none.',
      mend: 'Let answers before the check depend on the form alone; tell of proof and quota after it.',
      ask: async (issuer) => {
        const { identity } = await traveller(issuer);
        for (const askFor of [askToApply, askToView]) {
          const known = await askFor(await TestHolder.create(issuer), { identity });
          const nobody = { identity: someone(issuer) };
          const unknown = await askFor(await TestHolder.create(issuer), nobody);
          demandAlike(known, unknown, 'with and without a proof');
        }
      },
    },
    {
      name: 'another-keys-id',
      contract: 'protocol, {id} of another key is not-found',
      holds: 'The id of another key’s application is answered as an id that there is not.',
      mend: 'Answer not-found for both, in the same words.',
      ask: async (issuer) => {
        const holder = await TestHolder.create(issuer);
        const { id } = await apply(holder, { identity: someone(issuer) });
        const thief = await TestHolder.create(issuer);
        const foreign = await thief.call(holderCalls.application, { path: { id } });
        const none = await thief.call(holderCalls.application, { path: { id: 'made-up' } });
        demand(none.problem === 'not-found', '404 not-found', inShort(none));
        demandAlike(foreign, none, 'for another’s id and for none');
        demand(foreign.text === none.text, 'the same words', 'words that differ');
      },
    },
  ],
};
