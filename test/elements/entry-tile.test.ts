import { expect } from 'chai';
import { BoardingIdEntry } from '../../widget/elements/entry-tile.ts';
import { violations } from './audit.ts';
import { button, clear } from './fixture.ts';

customElements.define('test-entry', BoardingIdEntry);

async function tile(lang?: string): Promise<BoardingIdEntry> {
  const element = new BoardingIdEntry();
  if (lang) element.lang = lang;
  document.body.append(element);
  await element.updateComplete;
  return element;
}

describe('boarding-id-entry', () => {
  afterEach(clear);

  for (const scheme of ['light', 'dark']) {
    it(`passes axe, ${scheme}`, async () => {
      const element = await tile();
      document.body.style.colorScheme = scheme;
      expect(await violations(element)).to.deep.equal([]);
      document.body.removeAttribute('style');
    });
  }

  it('R1: is called 温馨服务 and says when it is pressed', async () => {
    const element = await tile();
    const heard: string[] = [];
    document.body.addEventListener('boarding-id-entry-open', ({ type }) => heard.push(type), {
      once: true,
    });
    button(element, '温馨服务').click();
    expect(heard).to.deep.equal(['boarding-id-entry-open']);
  });

  it('speaks English when asked to', async () => {
    expect(button(await tile('en'), 'Care services').lang).to.equal('en');
  });
});
