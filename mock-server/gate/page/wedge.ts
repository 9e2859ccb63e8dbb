/** A scanner that types pauses no longer than this between two keys; milliseconds. */
const gapMilliseconds = 300;
/** Shorter lines are somebody's typing. */
const shortestText = 16;

/**
 * Reads a scanner that types like a keyboard (a keyboard wedge) and ends with Enter. The answer
 * takes each key with its instant in milliseconds and gives the text once it is complete.
 */
export function wedge(): (key: string, at: number) => string | undefined {
  let typed = '';
  let last = -Infinity;
  return (key, at) => {
    if (at - last > gapMilliseconds) typed = '';
    last = at;
    if (key === 'Enter') {
      const text = typed;
      typed = '';
      return text.length >= shortestText ? text : undefined;
    }
    // Keys with a name, such as Shift, are longer than one character.
    if (key.length === 1) typed += key;
    return undefined;
  };
}
