import type { KeyPair } from 'dpop';
import { madeUpNumber } from '../../mock-server/testbed/people.ts';
import type { TypedIdentity } from '../../widget/protocol/messages/holder.ts';

/** Who takes part: the same in both processes. */

/** Somebody for each number below 10,000. */
export function residentNumber(index: number): TypedIdentity {
  const day = String(1 + (index % 28)).padStart(2, '0');
  const sequence = String(100 + Math.floor(index / 28)).padStart(3, '0');
  return {
    name: '赵安宁',
    documentType: 'resident-id',
    number: madeUpNumber('32', `199003${day}`, sequence),
  };
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };

/** The example key of RFC 7517, appendix A.2: one holder, whichever server is asked. */
export async function importedKeys(): Promise<KeyPair> {
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4',
    y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM',
  };
  const d = '870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE';
  return {
    privateKey: await crypto.subtle.importKey('jwk', { ...jwk, d }, algorithm, false, ['sign']),
    publicKey: await crypto.subtle.importKey('jwk', jwk, algorithm, true, ['verify']),
  };
}
