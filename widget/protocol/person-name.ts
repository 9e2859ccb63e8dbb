/** Names as they stand on a resident identity card. */

/** Why a text is not such a name. */
export const nameRefusals = [
  'empty',
  'too-short',
  'too-long',
  'wrong-characters',
  'misplaced-dot',
] as const;
export type NameRefusal = (typeof nameRefusals)[number];

export type NameResult = { ok: true; name: string } | { ok: false; reason: NameRefusal };

/** What keyboards offer in place of U+00B7, the dot between the parts of a name (阿依古丽·买买提). */
const dotLookAlikes =
  /[.\u0387\u1427\u16EB\u2022\u2024\u2027\u2219\u22C5\u2E31\u2E33\u30FB\uA78F\uFE52\uFF0E\uFF65]/gu;

/** Han, 〇, and private use, which old cards carry for characters that had no code point yet. */
const nameCharacters = /^[\p{Script=Han}〇\p{Co}·]+$/u;

/**
 * Reads a name as typed: white space and invisible marks go, look-alikes of the dot become U+00B7.
 *
 * @returns the normalised name of 2 to 50 code points, or the first reason against it
 */
export function readName(text: string): NameResult {
  const name = text.replace(/[\s\p{Cf}]/gu, '').replace(dotLookAlikes, '·');
  const refuse = (reason: NameRefusal): NameResult => ({ ok: false, reason });

  const length = Array.from(name).length;
  if (length === 0) return refuse('empty');
  if (!nameCharacters.test(name)) return refuse('wrong-characters');
  if (/^·|··|·$/u.test(name)) return refuse('misplaced-dot');
  if (length < 2) return refuse('too-short');
  if (length > 50) return refuse('too-long');
  return { ok: true, name };
}
