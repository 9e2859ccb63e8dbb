import { expect } from 'chai';
import '../../widget/entry.ts';
import type { BoardingId } from '../../widget/elements/boarding-id.ts';

/** Nothing listens there: what these tests show needs no issuer. */
const nowhere = 'http://127.0.0.1:9';

const press = (entry: HTMLElement): void => {
  entry.shadowRoot!.querySelector('button')!.click();
};
const heading = (element: HTMLElement): string | undefined =>
  element
    .shadowRoot!.querySelector('boarding-id-header')
    ?.shadowRoot!.querySelector('h1')
    ?.textContent.trim();

async function entryWith(attributes: Record<string, string>) {
  const entry = document.createElement('boarding-id-entry');
  for (const [name, value] of Object.entries(attributes)) entry.setAttribute(name, value);
  document.body.append(entry);
  await entry.updateComplete;
  return entry;
}

/** Resolves with the component once it stands in the page. */
function placed(): Promise<BoardingId> {
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      const found = document.querySelector('boarding-id');
      if (!found) return;
      observer.disconnect();
      resolve(found);
    });
    observer.observe(document.body, { childList: true });
  });
}

/** Resolves once the component has drawn a heading. */
async function drawn(element: BoardingId): Promise<void> {
  while (!heading(element)) await new Promise((resolve) => requestAnimationFrame(resolve));
}

describe('registration', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('R1: the tile loads the rest only when it is pressed, and opens the list over the page', async () => {
    expect(customElements.get('boarding-id')).to.equal(undefined);
    const entry = await entryWith({ issuer: nowhere, lang: 'zh' });
    const placing = placed();
    press(entry);
    const component = await placing;
    await drawn(component);
    expect(heading(component)).to.equal('温馨服务');
    const { width, height } = component.getBoundingClientRect();
    expect([width, height]).to.deep.equal([innerWidth, innerHeight]);
  });

  it('back from the list closes it, gives the page back, and returns the focus to the tile', async () => {
    const entry = await entryWith({ issuer: nowhere });
    const placing = placed();
    press(entry);
    const component = await placing;
    await drawn(component);
    const closed = new Promise<string>((resolve) => {
      component.addEventListener('boarding-id-closed', ({ detail }) => resolve(detail.reason));
    });
    component
      .shadowRoot!.querySelector('boarding-id-header')!
      .shadowRoot!.querySelector('button')!
      .click();
    expect(await closed).to.equal('user');
    expect(document.querySelector('boarding-id')).to.equal(null);
    expect(document.activeElement).to.equal(entry);
  });

  it('R2: opens the component that `for` names, at the screen of its attribute', async () => {
    await import('../../widget/define.ts');
    const mine = document.createElement('boarding-id');
    mine.id = 'mine';
    mine.issuer = nowhere;
    mine.setAttribute('screen', 'help');
    document.body.append(mine);
    await drawn(mine);
    const opened = new Promise<string>((resolve) => {
      mine.addEventListener('boarding-id-step-changed', ({ detail }) => resolve(detail.screen));
    });
    mine.open('services');
    mine.screen = 'application';
    press(await entryWith({ for: 'mine' }));
    expect(await opened).to.equal('services');
    while (heading(mine) === '温馨服务') {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    expect(document.querySelectorAll('boarding-id')).to.have.length(1);
  });

  it('a second copy of the definitions on the page is tolerated', async () => {
    const first = customElements.get('boarding-id');
    const copies = ['/widget/define.ts?copy', '/widget/entry.ts?copy'];
    for (const copy of copies) await import(copy);
    expect(customElements.get('boarding-id')).to.equal(first);
  });

  it('importing the index registers nothing and exports what a host composes with', async () => {
    const index = await import('../../widget/index.ts');
    expect(Object.keys(index).sort()).to.deep.equal([
      'BoardingId',
      'createBrowserPorts',
      'createFlow',
      'deepLinks',
    ]);
  });
});
