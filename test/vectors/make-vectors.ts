import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { longestText } from '../../widget/protocol/code/claims.ts';
import { policy } from '../../widget/protocol/policy.ts';
import { cases } from './cases.ts';
import {
  badSignatureCodes,
  goodCodes,
  key,
  malformedCodes,
  nextKey,
  unknownKeyCodes,
  unsupportedCodes,
  type VectorCode,
} from './codes.ts';
import type { Case } from './gate-case.ts';
import type { VectorKey } from './signing.ts';

/** The public test vectors (B12), described in `README.md` beside this file. */
export interface Deck {
  longestText: number;
  policy: Record<
    'codeSeconds' | 'gateLeewaySeconds' | 'denylistMaximumSeconds' | 'repeatSeconds',
    number
  >;
  keys: VectorKey['jwk'][];
  codes: Record<string, VectorCode>;
  cases: Case[];
}

export const deckFile = fileURLToPath(new URL('deck.json', import.meta.url));

/** The same deck in every run. */
export const makeDeck = (): Deck => ({
  longestText,
  policy: {
    codeSeconds: policy.codeSeconds,
    gateLeewaySeconds: policy.gateLeewaySeconds,
    denylistMaximumSeconds: policy.denylistMaximumSeconds,
    repeatSeconds: policy.repeatSeconds,
  },
  keys: [key.jwk, nextKey.jwk],
  codes: {
    ...goodCodes,
    ...malformedCodes,
    ...unsupportedCodes,
    ...unknownKeyCodes,
    ...badSignatureCodes,
  },
  cases,
});

/** `node --import tsx test/vectors/make-vectors.ts` writes the deck anew. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(
    deckFile,
    await format(JSON.stringify(makeDeck()), { parser: 'json', printWidth: 100 }),
  );
}
