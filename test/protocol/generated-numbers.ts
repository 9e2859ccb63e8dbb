import { checkCharacter } from '../../widget/protocol/resident-id.ts';
import type { SeededRandom } from './seeded-random.ts';

/** The instant at which the tests read numbers: 10:00 on 1 March 2026 in Shanghai. */
export const readingAt = Date.UTC(2026, 2, 1, 2) / 1000;

export const provinces = [
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37',
  '41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65',
].flatMap((pairs) => pairs.split(' ').map(Number));

/** No county has this number, so no living person has a number generated here. */
const noCounty = '9999';

const oldestBirth = Date.UTC(1876, 2, 1);
const days = Math.floor((readingAt * 1000 - oldestBirth) / 86_400_000);

/** Adds the check character to 17 digits. */
export const complete = (first17: string): string => first17 + checkCharacter(first17);

/** The number of a leading pair (a province, or another document's), a birth date `YYYYMMDD`, a sequence. */
export const numberOf = (pair: string | number, birth: string, sequence = '001'): string =>
  complete(`${pair}${noCounty}${birth}${sequence}`);

/** A number that a resident ID card could carry at {@link readingAt}. */
export function generateNumber(random: SeededRandom): string {
  const birth = new Date(oldestBirth + random.integer(days + 1) * 86_400_000).toISOString();
  return numberOf(
    random.pick(provinces),
    birth.slice(0, 10).replaceAll('-', ''),
    String(random.integer(1000)).padStart(3, '0'),
  );
}
