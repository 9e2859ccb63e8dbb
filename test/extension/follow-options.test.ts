import { expect } from 'chai';
import { followOptions } from '../../extension/follow-options.ts';
import { storedOptions, type Options } from '../../extension/stored-options.ts';
import { MemoryArea, options } from './surface-fixture.ts';

function following(browserLanguage = 'zh-CN') {
  const area = new MemoryArea();
  const page = document.implementation.createHTMLDocument();
  const told: string[] = [];
  const closing = new AbortController();
  const set = (change: Partial<Options>) => storedOptions(area).write(options(change));
  const follow = () =>
    followOptions(
      storedOptions(area),
      page,
      browserLanguage,
      ({ issuer }, language) => told.push(`${issuer} ${language}`),
      closing.signal,
    );
  return {
    area,
    page,
    root: page.documentElement,
    told,
    set,
    follow,
    close: () => closing.abort(),
  };
}

describe('a page of the extension', () => {
  it('is in the browser’s language and theme until the traveller has set another', async () => {
    const { page, root, told, follow } = following('en-GB');
    await follow();
    expect(root.lang).to.equal('en');
    expect(page.title).to.equal('Temporary boarding ID');
    expect(root.dataset).not.to.have.property('theme');
    expect(told).to.deep.equal(['http://localhost:8080 en']);
  });

  it('is in the language and theme that the traveller sets, at once', async () => {
    const { page, root, set, follow, told } = following('en-GB');
    await set({ language: 'zh', theme: 'dark' });
    await follow();
    expect([root.lang, page.title, root.dataset['theme']]).to.deep.equal([
      'zh-CN',
      '临时乘车身份证明',
      'dark',
    ]);
    await set({ language: 'en', theme: 'light', issuer: 'https://other.example' });
    expect([root.lang, root.dataset['theme']]).to.deep.equal(['en', 'light']);
    await set({ theme: 'browser' });
    expect(root.dataset).not.to.have.property('theme');
    expect(told.at(1)).to.equal('https://other.example en');
  });

  it('is not set back by a reading that was overtaken', async () => {
    const { area, root, set, follow } = following();
    const read = area.get();
    area.get = () => read;
    const first = follow();
    await set({ language: 'en' });
    await first;
    expect(root.lang).to.equal('en');
  });

  it('is left alone once it is closed', async () => {
    const { area, told, set, follow, close } = following();
    await follow();
    close();
    await set({ language: 'en' });
    expect(told).to.have.length(1);
    expect(area.onChanged.hasListeners()).to.equal(false);
  });
});

describe('the colours of a page of the extension', () => {
  const root = document.documentElement;
  let style: HTMLLinkElement;
  before(async () => {
    style = Object.assign(document.createElement('link'), {
      rel: 'stylesheet',
      href: '/extension/surface.css',
    });
    const loaded = new Promise((resolve) => style.addEventListener('load', resolve));
    document.head.append(style);
    await loaded;
  });
  after(() => {
    style.remove();
    delete root.dataset['theme'];
  });

  for (const [theme, scheme] of [
    [undefined, 'light dark'],
    ['light', 'light'],
    ['dark', 'dark'],
  ] as const) {
    it(`follow the theme: ${theme ?? 'the browser’s'}`, () => {
      if (theme) root.dataset['theme'] = theme;
      else delete root.dataset['theme'];
      expect(getComputedStyle(root).colorScheme).to.equal(scheme);
    });
  }
});
