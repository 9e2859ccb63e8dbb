import { calculateJwkThumbprint, exportJWK } from 'jose';
import type { Holder } from '../../issuer/running-issuer.ts';

/** What the store calls a holder's key. */
export const thumbprintOf = async ({ keys }: Holder): Promise<string> =>
  calculateJwkThumbprint(await exportJWK(keys.publicKey));
