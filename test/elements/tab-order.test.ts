import { expect } from 'chai';
import { clear, shellAt } from './fixture.ts';
import { states } from './states.ts';

/** Everything of a shell that Tab stops at, in order. */
function tabStops(root: ShadowRoot | Element): Element[] {
  return [...root.children].flatMap((element) => {
    const stops = element.matches('button, input, select, summary, a[href], [tabindex="0"]');
    const inside = element.shadowRoot ? tabStops(element.shadowRoot) : tabStops(element);
    return [...(stops && element.checkVisibility() ? [element] : []), ...inside];
  });
}

describe('Tab, on every screen', () => {
  afterEach(clear);

  it('goes as one reads: each stop lies below or beside the one before', async () => {
    for (const [name, state] of Object.entries(states)) {
      // There the one button is the only stop.
      if (name === 'code-scan') continue;
      for (const lang of ['zh', 'en']) {
        const shell = await shellAt(state, { lang });
        const stops = tabStops(shell.shadowRoot!);
        expect(stops.length, `${name} ${lang}`).to.be.greaterThan(1);
        for (const [place, stop] of stops.entries()) {
          const before = stops[place - 1]?.getBoundingClientRect();
          const here = stop.getBoundingClientRect();
          const follows = !before || here.top >= before.bottom - 1 || here.left >= before.right - 1;
          // The way out stays at the foot of the window, whatever has been scrolled to.
          const isWayOut = stop.closest('.way-out') !== null;
          expect(follows || isWayOut, `${name} ${lang} ${stop.outerHTML}`).to.equal(true);
        }
        clear();
      }
    }
  });
});
