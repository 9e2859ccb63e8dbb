/** How two colours stand against each other on the screen, as WCAG 2 reckons it. */

const canvas = document.createElement('canvas');
canvas.width = canvas.height = 1;
const context = canvas.getContext('2d', { willReadFrequently: true })!;
const known = new Map<string, number>();

/** A pixel of colours painted over each other, the lowest first: its luminance, 0 to 1. */
function luminance(...layers: string[]): number {
  const key = layers.join('|');
  const before = known.get(key);
  if (before !== undefined) return before;
  for (const colour of layers) {
    // What a canvas cannot read it leaves as it was.
    context.fillStyle = '#012345';
    context.fillStyle = colour;
    if (context.fillStyle === '#012345') throw new Error(`No colour: ${colour}`);
    context.fillRect(0, 0, 1, 1);
  }
  const [red = 0, green = 0, blue = 0] = [...context.getImageData(0, 0, 1, 1).data].map((byte) => {
    const share = byte / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const result = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  known.set(key, result);
  return result;
}

/** From 1 to 21. @param grounds what lies below, the lowest first and opaque */
export function contrast(colour: string, grounds: readonly string[]): number {
  const [dark = 0, light = 0] = [luminance(...grounds, colour), luminance(...grounds)].sort(
    (a, b) => a - b,
  );
  return (light + 0.05) / (dark + 0.05);
}

/** The element around another as it is drawn: slots and shadow roots are passed through. */
function around(element: Element): Element | undefined {
  const parent = element.assignedSlot ?? element.parentNode;
  if (parent instanceof ShadowRoot) return parent.host;
  return parent instanceof Element ? parent : undefined;
}

/** The element itself and those around it that may paint below it. */
export function groundsOf(element: Element): Element[] {
  const above: Element[] = [];
  for (let each: Element | undefined = element; each; each = around(each)) above.unshift(each);
  return above;
}

/** What these paint, from the last one that covers all below it. */
export function painted(elements: readonly Element[]): string[] {
  const colours = elements.map((element) => getComputedStyle(element).backgroundColor);
  const opaque = colours.findLastIndex((colour) => !/^rgba|\/|^transparent/.test(colour));
  // An empty page is white, or what its theme makes of it.
  const base = opaque < 0 ? ['white'] : [];
  return [...base, ...colours.slice(Math.max(0, opaque))].filter(
    (colour) => colour !== 'rgba(0, 0, 0, 0)',
  );
}
