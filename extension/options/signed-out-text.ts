import type { TextKey } from '../texts.ts';
import type { SignedOut } from './sign-out.ts';

const ofIssuer = {
  nothing: 'optionsNothingToRevoke',
  revoked: 'optionsRevoked',
  unconfirmed: 'optionsRevocationUnconfirmed',
} as const satisfies Record<SignedOut['atIssuer'], TextKey>;

/** What has become of the codes, a sentence each. */
export const signedOutTexts = ({ atIssuer, emptied }: SignedOut): TextKey[] => [
  ofIssuer[atIssuer],
  emptied ? 'optionsEmptied' : 'optionsNotEmptied',
];
