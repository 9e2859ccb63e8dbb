import axe from 'axe-core';
import { expect } from 'chai';
import { drawGallery, lookNames, rulesOf } from '../../mock-server/gallery/gallery-page.ts';
import { sampleNames } from '../../mock-server/gallery/samples.ts';
import { texts } from '../../mock-server/gallery/texts.ts';
import type { Settings } from '../../mock-server/host-app/settings.ts';
import type { BoardingId } from '../../widget/elements/boarding-id.ts';
import { zh } from '../../widget/locales/index.ts';
import { styleBy } from '../styled-page.ts';

const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));

describe('the gallery of looks', () => {
  let root: HTMLElement;
  let link: HTMLLinkElement;

  before(async () => {
    link = await styleBy('/mock-server/gallery/style.css');
  });
  after(() => link.remove());
  beforeEach(() => {
    root = document.createElement('div');
    document.body.append(root);
  });
  afterEach(() => {
    root.remove();
    delete document.documentElement.dataset['theme'];
  });

  const components = (): BoardingId[] => [...root.querySelectorAll('boarding-id')];
  const heading = ({ shadowRoot }: BoardingId): HTMLElement | null | undefined =>
    shadowRoot?.querySelector('boarding-id-header')?.shadowRoot?.querySelector<HTMLElement>('h1');
  const drawn = async (): Promise<void> => {
    while (!components().every((each) => heading(each))) await frame();
  };

  async function open(settings: Partial<Settings> = {}): Promise<Partial<Settings>[]> {
    const changes: Partial<Settings>[] = [];
    const all: Settings = { language: 'zh', theme: 'light', largeText: false, ...settings };
    drawGallery(root, all, (change) => changes.push(change));
    await drawn();
    return changes;
  }

  for (const theme of ['light', 'dark'] as const) {
    for (const language of ['zh', 'en'] as const) {
      it(`B5: no accessibility fault in any look, contrast included, ${theme}, ${language}`, async () => {
        await open({ theme, language });
        const { violations } = await axe.run(root);
        expect(
          violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
        ).to.deep.equal([]);
      });
    }
  }

  it('B5: shows the same screens in every look, and each look is another', async () => {
    await open();
    const looks = lookNames.map((look) => {
      const mine = [...root.querySelectorAll<BoardingId>(`.${look} boarding-id`)];
      const { fontFamily, backgroundColor } = getComputedStyle(
        mine[0]!.shadowRoot!.querySelector('section')!,
      );
      return { screens: mine.map((each) => heading(each)?.innerText), fontFamily, backgroundColor };
    });
    for (const { screens } of looks) {
      expect(screens).to.have.length(sampleNames.length).and.deep.equal(looks[0]?.screens);
    }
    const { rail, bus, terminal, plain } = Object.fromEntries(
      lookNames.map((look, index) => [look, looks[index]!]),
    );
    expect(new Set([rail, bus, terminal].map((look) => look?.fontFamily))).to.have.length(3);
    expect(new Set([rail, bus, terminal].map((look) => look?.backgroundColor))).to.have.length(3);
    expect(plain?.fontFamily, 'the component’s own, not the page’s').to.equal(rail?.fontFamily);
  });

  it('prints what each host has written, as it stands in the style sheet', async () => {
    await open();
    expect(rulesOf('rail')).to.include('boarding-id {\n  --boarding-id-accent: #0a4d9c;\n}');
    expect(rulesOf('plain')).to.equal('');
    const printed = [...root.querySelectorAll('pre')].map((each) => each.innerText);
    expect(printed).to.deep.equal([...lookNames.slice(0, 3).map(rulesOf), texts.zh.nothingSet]);
  });

  it('leads to help and back by itself, and to nothing that an issuer would have to answer', async () => {
    await open();
    const [form, check] = components();
    const [back, help] = form!
      .shadowRoot!.querySelector('boarding-id-header')!
      .shadowRoot!.querySelectorAll('button');
    help!.click();
    while (heading(form!)?.innerText !== zh.headings.help) await frame();
    back!.click();
    while (heading(form!)?.innerText === zh.headings.help) await frame();
    check!
      .shadowRoot!.querySelector('boarding-id-liveness')!
      .shadowRoot!.querySelector('button')!
      .click();
    await check!.updateComplete;
    expect(heading(check!)?.innerText).to.equal(zh.headings.liveness);
  });

  it('asks for another language and theme', async () => {
    const changes = await open();
    root.querySelector<HTMLButtonElement>('.settings button')!.click();
    const themes = root.querySelector<HTMLSelectElement>('.settings select')!;
    themes.selectedIndex = 2;
    themes.dispatchEvent(new Event('change'));
    expect(changes).to.deep.equal([{ language: 'en' }, { theme: 'dark' }]);
  });
});
