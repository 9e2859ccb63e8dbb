import { dayOf, isDay } from './shanghai-time.ts';

/**
 * Numbers of the resident identity card, 公民身份号码 (GB 11643-1999): six digits of region, eight of
 * birth date, three of sequence, one check character.
 */

/** Why a text is not the number of a resident identity card. */
export const residentIdRefusals = [
  'wrong-length',
  'wrong-characters',
  'first-generation',
  'wrong-check-character',
  'other-document',
  'unknown-province',
  'impossible-birth-date',
  'birth-date-in-future',
  'birth-date-too-old',
] as const;
export type ResidentIdRefusal = (typeof residentIdRefusals)[number];

export type ResidentIdResult =
  { ok: true; number: string } | { ok: false; reason: ResidentIdRefusal };

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checkCharacters = '10X98765432';

/**
 * Province pairs only. A list of counties would refuse living people: counties are renamed and
 * merged, and the number keeps the name of its day.
 */
const provinces = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])/;

/** 81, 82, 83: residence permits of Hong Kong, Macao and Taiwan; 9: foreign permanent residents (R5). */
const otherDocuments = /^(8[123]|9)/;

const oldestYears = 150;

/** The check character of the first 17 digits. */
export function checkCharacter(first17: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += (first17.charCodeAt(i) - 48) * (weights[i] ?? 0);
  return checkCharacters.charAt(sum % 11);
}

/**
 * Full-width digits and letters become plain ones, `x` becomes `X`; white space and the invisible
 * marks that copying brings along go.
 */
export const normaliseNumber = (text: string): string =>
  text
    .replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\s\p{Cf}]/gu, '')
    .toUpperCase();

/**
 * Reads a resident ID number as typed.
 *
 * @param at the instant of reading, whole seconds since the epoch: a birth date may not lie in the
 *   future in Shanghai, nor more than 150 years back
 * @returns the normalised 18 characters, or the first reason against them
 */
export function readResidentId(text: string, at: number): ResidentIdResult {
  const number = normaliseNumber(text);
  const refuse = (reason: ResidentIdRefusal): ResidentIdResult => ({ ok: false, reason });

  if (/^\d{15}$/.test(number)) return refuse('first-generation');
  if (!/^[0-9X]*$/.test(number)) return refuse('wrong-characters');
  if (number.length !== 18) return refuse('wrong-length');
  if (!/^\d{17}[0-9X]$/.test(number)) return refuse('wrong-characters');
  if (checkCharacter(number) !== number.charAt(17)) return refuse('wrong-check-character');
  if (otherDocuments.test(number)) return refuse('other-document');
  if (!provinces.test(number)) return refuse('unknown-province');

  const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)];
  const birth = `${year}-${month}-${day}`;
  if (!isDay(birth)) return refuse('impossible-birth-date');
  const today = dayOf(at);
  if (birth > today) return refuse('birth-date-in-future');
  const oldest = `${String(Number(today.slice(0, 4)) - oldestYears).padStart(4, '0')}${today.slice(4)}`;
  if (birth < oldest) return refuse('birth-date-too-old');
  return { ok: true, number };
}
