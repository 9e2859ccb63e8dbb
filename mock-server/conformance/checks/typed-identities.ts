import { holderCalls } from '../../../widget/protocol/calls.ts';
import type { TypedIdentity } from '../../../widget/protocol/messages/holder.ts';
import type { ProblemCode } from '../../../widget/protocol/problems.ts';
import { checkCharacter } from '../../../widget/protocol/resident-id.ts';
import { demandProblem } from '../answer.ts';
import type { Check } from '../check.ts';
import { askToApply } from '../steps.ts';
import { TestHolder } from '../test-holder.ts';
import { someone } from '../test-people.ts';

/** A check that typed identities with something wrong are refused, at the form and at a look. */
const refusesTyped = (
  check: Omit<Check, 'ask'>,
  problem: ProblemCode,
  ...wrong: readonly ((right: TypedIdentity) => Partial<TypedIdentity>)[]
): Check => ({
  ...check,
  ask: async (issuer) => {
    const holder = await TestHolder.create(issuer);
    for (const change of wrong) {
      const right = someone(issuer);
      const identity = { ...right, ...change(right) };
      demandProblem(await askToApply(holder, { identity }), problem);
      const looking = { body: { identity, consent: true } };
      demandProblem(await holder.call(holderCalls.view, looking), problem);
    }
  },
});

const withCheck = (first17: string): string => first17 + checkCharacter(first17);

/** What a guest types is refused for what is wrong with it. */
export const typedIdentities: readonly Check[] = [
  refusesTyped(
    {
      name: 'other-documents',
      contract: 'R5',
      holds: 'Another document cannot apply, nor can its number typed as a resident ID’s.',
      mend: 'Answer unsupported-document for every other type, and for valid numbers from 81–83 or 9.',
    },
    'unsupported-document',
    () => ({ documentType: 'passport', number: 'X00000000' }),
    () => ({ number: withCheck('81000019900307021') }),
    () => ({ number: withCheck('91000019900307021') }),
  ),
  refusesTyped(
    {
      name: 'wrong-number',
      contract: 'R3; protocol, Identity numbers and names',
      holds: 'A number with a wrong check character, province or birth date is refused as such.',
      mend: 'Check weights, province pair and birth date; see the public test vectors.',
    },
    'invalid-id-number',
    ({ number }) => ({ number: number.slice(0, 17) + (number.endsWith('1') ? '2' : '1') }),
    () => ({ number: withCheck('10999919900307021') }),
    () => ({ number: withCheck('33999919900230021') }),
  ),
  refusesTyped(
    {
      name: 'first-generation-number',
      contract: 'protocol, Identity numbers and names: 15 digits have their own reason',
      holds: 'A number of 15 digits is told apart from a wrong one.',
      mend: 'Answer first-generation-id-number for 15 digits.',
    },
    'first-generation-id-number',
    () => ({ number: '339999900307021' }),
  ),
  refusesTyped(
    {
      name: 'wrong-name',
      contract: 'protocol, Identity numbers and names',
      holds: 'A name of one character, or with a dot at an end, is refused.',
      mend: 'Take 2 to 50 Han characters with U+00B7 between parts.',
    },
    'invalid-name',
    () => ({ name: '郑' }),
    () => ({ name: '·郑安' }),
  ),
];
