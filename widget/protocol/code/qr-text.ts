/**
 * What the QR holds. A QR code packs digits in 3⅓ bits each and other text in 8, so each character
 * of a code goes in as two digits, its distance from `-`, as SMART Health Cards do: 254 characters
 * fit version 10 at EC level M (57 modules) where plain text needs version 12 (65 modules).
 */

import { textOf } from './ascii.ts';

const base = '-'.charCodeAt(0);
const zero = '0'.charCodeAt(0);

/** A code as the digits that go into the QR. */
export function toQrText(code: string): string {
  let digits = '';
  for (let i = 0; i < code.length; i++) {
    digits += String(code.charCodeAt(i) - base).padStart(2, '0');
  }
  return digits;
}

/** A scanned text as a code: digits are read back, anything else is left for the check to judge. */
export function fromQrText(scanned: string): string {
  if (scanned.length % 2 !== 0 || !/^\d+$/.test(scanned)) return scanned;
  const characters = new Uint8Array(scanned.length / 2);
  for (let i = 0; i < characters.length; i++) {
    const tens = scanned.charCodeAt(2 * i) - zero;
    const ones = scanned.charCodeAt(2 * i + 1) - zero;
    characters[i] = tens * 10 + ones + base;
  }
  return textOf(characters);
}
