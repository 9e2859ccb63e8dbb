import { dayOf } from '../../widget/protocol/shanghai-time.ts';

/** Crockford's base 32: no letters that read like digits. */
const characters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A proof's public number: the day of issue and 50 random bits; says nothing about the person. */
export function newProofNumber(random: (length: number) => Buffer, at: number): string {
  const digits = Array.from(random(10), (byte) => characters.charAt(byte % 32)).join('');
  return `T${dayOf(at).replaceAll('-', '')}-${digits.slice(0, 5)}-${digits.slice(5)}`;
}
