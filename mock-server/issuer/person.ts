import { createHmac } from 'node:crypto';
import type { Identity } from '../../widget/protocol/identity.ts';
import { dayOf } from '../../widget/protocol/shanghai-time.ts';
import type { Secrets } from '../store/secrets.ts';

const pseudonym = (key: Buffer, text: string): string =>
  createHmac('sha256', key).update(text).digest().subarray(0, 16).toString('base64url');

/** What tells people apart: the name does not. */
type Document = Pick<Identity, 'documentType' | 'number'>;

const subject = ({ documentType, number }: Document): string => `${documentType}\n${number}`;

/** What the store calls a person: a keyed HMAC, 128 bit. */
export const personOf = (secrets: Secrets, document: Document): string =>
  pseudonym(secrets.person, subject(document));

/**
 * What gates call a person on one service day, 128 bit. The day's key is derived here and leaves
 * the issuer never: with it, 10¹¹ plausible numbers fall in days.
 *
 * @param day `YYYY-MM-DD`
 */
export function dayPseudonym(secrets: Secrets, document: Document, day: string): string {
  const dayKey = createHmac('sha256', secrets.day).update(day).digest();
  return pseudonym(dayKey, subject(document));
}

/** The pseudonyms of one person by instant, each day's computed once. */
export function pseudonymsOf(secrets: Secrets, identity: Identity): (at: number) => string {
  const byDay = new Map<string, string>();
  return (at) => {
    const day = dayOf(at);
    const known = byDay.get(day);
    if (known !== undefined) return known;
    const computed = dayPseudonym(secrets, identity, day);
    byDay.set(day, computed);
    return computed;
  };
}
