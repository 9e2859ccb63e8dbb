import { expect } from 'chai';
import { clear, everything, find, shellAt } from './fixture.ts';
import { states } from './states.ts';

/**
 * Fails when a screen is wider than this, or when something in it is cut off.
 *
 * @param width CSS pixels
 */
export async function largeTextFits(width: number): Promise<void> {
  for (const [name, state] of Object.entries(states)) {
    for (const lang of ['zh', 'en']) {
      const shell = await shellAt(state, { lang });
      const where = `${name} ${lang}`;
      expect(find(shell, 'section').scrollWidth, where).to.be.at.most(width);
      // Its words are not broken, so they have to fit.
      const heading = find(find(shell, 'boarding-id-header'), 'h1');
      expect(getComputedStyle(heading).overflowWrap, where).to.equal('normal');
      expect(heading.scrollWidth, `${where} heading`).to.be.at.most(heading.clientWidth);
      for (const element of everything(shell.shadowRoot!)) {
        const { overflowX } = getComputedStyle(element);
        if (overflowX === 'visible' || element.matches('.announcement, .track')) continue;
        const cut = element.scrollWidth - element.clientWidth;
        expect(cut, `${where} ${element.outerHTML}`).to.be.at.most(1);
      }
      clear();
    }
  }
}
