/** Whether so many letters left out, added, changed or swapped with their neighbour make one name the other. */
export function isWithin(edits: number, one: string, other: string): boolean {
  if (one === other) return true;
  if (edits === 0) return false;
  let same = 0;
  while (one[same] === other[same]) same++;
  const [a, b] = [one.slice(same), other.slice(same)];
  const isSwapped = a[0] === b[1] && a[1] === b[0];
  return (
    isWithin(edits - 1, a.slice(1), b.slice(1)) ||
    isWithin(edits - 1, a.slice(1), b) ||
    isWithin(edits - 1, a, b.slice(1)) ||
    (isSwapped && isWithin(edits - 1, a.slice(2), b.slice(2)))
  );
}

/** How many slips are one in a name of that length: with two, `LANG` would be `LOG` and `HOST` be `PORT`. */
const edits = (name: string): number => (name.length < 6 ? 1 : 2);

/** Another of these names that is a slip away from a known one. */
export const misspellingOf = (known: string, names: readonly string[]): string | undefined =>
  names.find((name) => name !== known && isWithin(edits(known), known, name));
