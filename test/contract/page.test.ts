import { expect } from 'chai';
import type { BoardingId } from '../../widget/elements/boarding-id.ts';
import type { BoardingIdHeader } from '../../widget/elements/header.ts';

/** Nothing listens there: what these tests show needs no issuer. */
const nowhere = 'http://127.0.0.1:9';

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
const headerOf = (component: BoardingId): BoardingIdHeader | null =>
  component.shadowRoot?.querySelector('boarding-id-header') ?? null;
const headingOf = (component: BoardingId): string | undefined =>
  headerOf(component)?.shadowRoot?.querySelector('h1')?.textContent.trim();

async function showing(component: BoardingId, heading: string): Promise<void> {
  while (headingOf(component) !== heading) await frame();
}

/** What a host hears from an element, by name. */
function heardFrom(element: EventTarget): string[] {
  const heard: string[] = [];
  for (const name of ['opened', 'step-changed', 'error', 'close-request', 'closed']) {
    element.addEventListener(`boarding-id-${name}`, (event) => {
      const { code, reason, screen, source } = (event as CustomEvent<Record<string, string>>)
        .detail;
      heard.push([name, code ?? reason ?? screen ?? source].join(' '));
    });
  }
  return heard;
}

function component(given: Partial<BoardingId> = {}): BoardingId {
  const element = document.createElement('boarding-id');
  Object.assign(element, { issuer: nowhere, ...given });
  return element;
}

const back = (element: BoardingId): void =>
  headerOf(element)!.shadowRoot!.querySelector('button')!.click();

describe('B5: <boarding-id> in a host’s page', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  // First, since a name is defined once for a page.
  it('what a host has set before the definition came is kept', async () => {
    const early = document.createElement('boarding-id');
    const asked: string[] = [];
    Object.assign(early, {
      issuer: nowhere,
      screen: 'help',
      lang: 'en',
      session: () => {
        asked.push('session');
        return Promise.resolve(undefined);
      },
    });
    const heard = heardFrom(early);
    document.body.append(early);
    expect(customElements.get('boarding-id')).to.equal(undefined);
    await import('../../widget/define.ts');
    await showing(early, 'Notices and questions');
    expect(heard[0]).to.equal('opened help');
    while (asked.length === 0) await frame();
  });

  it('attributes are enough: address, language, screen and text size', async () => {
    const markup = document.createElement('div');
    const given = { issuer: nowhere, lang: 'en', screen: 'help', 'text-size': 'large' };
    const element = document.createElement('boarding-id');
    for (const [name, value] of Object.entries(given)) element.setAttribute(name, value);
    markup.append(element);
    document.body.append(markup);
    await showing(element, 'Notices and questions');
    expect(element.textSize).to.equal('large');
    expect(element.issuer).to.equal(nowhere);
  });

  it('moved in the page it goes on; taken out it closes; put back it opens again', async () => {
    const element = component({ screen: 'help' });
    const heard = heardFrom(element);
    document.body.append(element);
    await showing(element, '须知与问答');
    const elsewhere = document.createElement('main');
    document.body.append(elsewhere);
    elsewhere.append(element);
    await frame();
    expect(heard).not.to.include('closed host');
    element.remove();
    while (!heard.includes('closed host')) await frame();
    document.body.append(element);
    await showing(element, '须知与问答');
    expect(heard.filter((each) => each.startsWith('opened'))).to.have.length(2);
  });

  it('back from its first screen asks the host, who can say no', async () => {
    const element = component();
    const heard = heardFrom(element);
    document.body.append(element);
    await showing(element, '温馨服务');
    element.addEventListener('boarding-id-close-request', (event) => event.preventDefault(), {
      once: true,
    });
    back(element);
    expect(heard.at(-1)).to.equal('close-request screen');
    expect(headingOf(element)).to.equal('温馨服务');
    back(element);
    expect(heard.at(-1)).to.equal('closed user');
    await element.updateComplete;
    expect(headingOf(element)).to.equal(undefined);
    element.open('help');
    await showing(element, '须知与问答');
  });

  for (const issuer of ['http://:bad', 'issuer.example', 'javascript:1', 'not an address']) {
    it(`an address that is none is named: ${issuer}`, async () => {
      const element = component({ issuer, screen: 'help' });
      const heard = heardFrom(element);
      document.body.append(element);
      await showing(element, '须知与问答');
      expect(heard).to.include('error issuer-invalid');
    });
  }

  it('R2: a screen that there is not is the first one, and no mistake stays', async () => {
    const element = component({ screen: 'help' });
    document.body.append(element);
    await showing(element, '须知与问答');
    element.open('nonsense' as 'help');
    await showing(element, '温馨服务');
    element.open();
    await showing(element, '须知与问答');
    expect(element.screen).to.equal('help');
  });

  it('a language that a framework takes away is Chinese', async () => {
    const element = component({ lang: 'en', screen: 'help' });
    document.body.append(element);
    await showing(element, 'Notices and questions');
    Object.assign(element, { lang: undefined });
    await showing(element, '须知与问答');
  });

  it('several on one page go each their own way', async () => {
    const [first, second] = [component(), component({ screen: 'help', lang: 'en' })];
    const [heardFirst, heardSecond] = [heardFrom(first), heardFrom(second)];
    document.body.append(first, second);
    await showing(first, '温馨服务');
    await showing(second, 'Notices and questions');
    second.open('services');
    await showing(second, 'Care services');
    expect(headingOf(first)).to.equal('温馨服务');
    second.close();
    await second.updateComplete;
    expect(heardSecond.at(-1)).to.equal('closed host');
    expect(heardFirst).to.deep.equal(['opened services']);
    first.open('help');
    await showing(first, '须知与问答');
    expect(headingOf(second)).to.equal(undefined);
  });

  it('takes the focus when the host opens a screen, and only then from somebody else', async () => {
    const search = document.createElement('input');
    const element = component();
    document.body.append(search, element);
    await showing(element, '温馨服务');
    search.focus();
    element.lang = 'en';
    await showing(element, 'Care services');
    expect(document.activeElement).to.equal(search);
    element.open('help');
    await showing(element, 'Notices and questions');
    while (document.activeElement === search) await frame();
    expect(document.activeElement).to.equal(element);
  });
});
