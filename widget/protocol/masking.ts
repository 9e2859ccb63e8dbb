/** What of an identity may be shown: `张*明`, `11**************34`. */

/** The first and, from three characters on, the last character; the rest as stars, one each. */
export function maskName(name: string): string {
  const characters = Array.from(name);
  if (characters.length <= 2) return `${characters[0] ?? ''}*`;
  return `${characters[0]}${'*'.repeat(characters.length - 2)}${characters.at(-1)}`;
}

/** The first and last two characters: neither the birth date nor the sequence can be read off. */
export const maskNumber = (number: string): string =>
  `${number.slice(0, 2)}${'*'.repeat(Math.max(0, number.length - 4))}${number.slice(-2)}`;
