import axe from 'axe-core';
import { expect } from 'chai';
import { openCamera } from '../../mock-server/gate/page/camera.ts';
import {
  Configuration,
  readPost,
  writePost,
  type Post,
} from '../../mock-server/gate/page/configuration.ts';
import { GatePage } from '../../mock-server/gate/page/gate-page.ts';
import { zxingReader } from '../../mock-server/gate/page/image-reader.ts';
import { en } from '../../mock-server/gate/page/texts-en.ts';
import { zh } from '../../mock-server/gate/page/texts-zh.ts';
import { reasonCodes, reasons } from '../../widget/protocol/code/reasons.ts';
import { toQrText } from '../../widget/protocol/code/qr-text.ts';
import * as v from 'valibot';
import { styleBy } from '../styled-page.ts';
import { codeAsSvg, drawCode, pngOf, sideBySide, spoil, wasm } from './drawn-code.ts';
import { openGate, post } from './test-gate.ts';
import { createIssuer, station } from './test-issuer.ts';

const stations = [
  { id: station, name: { zh: '北京南站', en: 'Beijing South' } },
  { id: 'shanghai-hongqiao', name: { zh: '上海虹桥站', en: 'Shanghai Hongqiao' } },
];
const trains = [
  { train: 'G901', from: station, to: 'shanghai-hongqiao', departsAt: 0 },
  { train: 'G902', from: 'shanghai-hongqiao', to: station, departsAt: 0 },
];

describe('gate page', () => {
  let root: HTMLElement;
  let leaving: AbortController;

  before(() => styleBy('/mock-server/gate/page/style.css'));
  beforeEach(() => {
    root = document.createElement('div');
    document.body.append(root);
    leaving = new AbortController();
  });
  afterEach(() => {
    leaving.abort();
    root.remove();
  });

  async function openPage(language: 'zh' | 'en' = 'zh', change: Partial<Post> = {}) {
    const issuer = await createIssuer();
    const opened = await openGate(issuer, { post: { language, ...change } });
    const kept: string[] = [];
    const signals: string[] = [];
    const page = new GatePage(root, {
      ...opened,
      openCamera,
      read: zxingReader(wasm),
      after: opened.timers.after,
      signal: (kind) => signals.push(kind),
      mock: true,
      stations,
      trains,
      keep: (query) => kept.push(query.toString()),
    });
    page.start(leaving.signal);
    return { issuer, kept, signals, ...opened };
  }

  const find = <E extends Element>(selector: string, type: new () => E): E => {
    const found = root.querySelector(selector);
    if (!(found instanceof type)) throw new Error(`There is no ${selector}.`);
    return found;
  };
  const words = (): string => find('.verdict', HTMLElement).innerText;

  /** Waits until something holds that the page draws. */
  const until = (holds: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!holds()) return;
        observer.disconnect();
        resolve();
      };
      const observer = new MutationObserver(look);
      observer.observe(root, { childList: true, characterData: true, subtree: true });
      look();
    });

  /** Chooses a picture, and waits until it is judged or something is said of it. */
  async function choose(file: File): Promise<void> {
    const transfer = new DataTransfer();
    transfer.items.add(file);
    const input = find('input[type=file]', HTMLInputElement);
    input.files = transfer.files;
    input.dispatchEvent(new Event('change'));
    const failure = find('.ways .failure', HTMLElement);
    await until(() => failure.innerText !== '' || root.querySelector('.verdict') !== null);
  }

  async function audit(): Promise<void> {
    const { violations } = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).to.deep.equal(
      [],
    );
  }

  for (const language of ['zh', 'en'] as const) {
    it(`stands up to an accessibility audit: ready, passed and refused, ${language}`, async () => {
      const { gate, issuer } = await openPage(language);
      await audit();
      await gate.judge(await issuer.mint(0));
      await audit();
      await gate.judge('nonsense');
      await audit();
    });
  }

  it('says who may pass in both languages, with a shape besides the colour', async () => {
    for (const [language, texts] of [
      ['zh', zh],
      ['en', en],
    ] as const) {
      const { gate, issuer } = await openPage(language);
      await gate.judge(await issuer.mint(0));
      expect(words()).to.include(texts.pass).and.include('G901');
      expect(find('.verdict', HTMLElement).role).to.equal('alert');
      const pass = find('.shape', SVGElement).innerHTML;
      await gate.judge('nonsense');
      expect(find('.shape', SVGElement).innerHTML).not.to.equal(pass);
      expect(words()).to.include(texts.reasons.malformed.word).and.include('A2');
    }
    expect(zh.pass).to.equal('放行');
  });

  it('has words and a hint of its own for each reason, in both languages (B10)', () => {
    for (const { reasons: said } of [zh, en]) {
      expect(Object.keys(said).sort()).to.deep.equal([...reasons].sort());
      const all = Object.values(said).map(({ word }) => word);
      expect(new Set(all).size).to.equal(all.length);
      for (const { word, hint } of Object.values(said)) expect(word && hint).not.to.equal('');
    }
    expect(new Set(Object.values(reasonCodes)).size).to.equal(reasons.length);
  });

  it('shows the word of a verdict at a tenth of the screen’s height or more', async () => {
    const { gate, issuer } = await openPage();
    await gate.judge(await issuer.mint(0));
    const { fontSize } = getComputedStyle(find('.word', HTMLElement));
    expect(parseFloat(fontSize)).to.be.greaterThan(innerHeight / 10);
  });

  it('reads an image file', async () => {
    const { issuer } = await openPage();
    await choose(await pngOf(drawCode(await issuer.mint(0))));
    expect(words()).to.include('放行');
  });

  it('takes pasted text, and keeps none of it in the field', async () => {
    const { gate, issuer } = await openPage();
    const input = find('.ways input[name=text]', HTMLInputElement);
    input.value = ` ${await issuer.mint(0)}\n`;
    find('.ways form', HTMLFormElement).requestSubmit();
    await gate.judge('nonsense');
    expect(input.value).to.equal('');
    gate.dismiss();
    expect(issuer.requests).to.include('POST /v1/admissions');
  });

  it('takes a scanner’s typing wherever the focus is, without pressing a button', async () => {
    const { gate, issuer } = await openPage();
    const button = find('header button', HTMLButtonElement);
    button.focus();
    const press = (key: string): KeyboardEvent => {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
      button.dispatchEvent(event);
      return event;
    };
    const judged = new Promise<void>((resolve) => {
      gate.subscribe(() => gate.state.display && resolve());
    });
    for (const digit of toQrText(await issuer.mint(0))) press(digit);
    expect(press('Enter').defaultPrevented).to.equal(true);
    await judged;
    expect(words()).to.include('放行');
    expect(find('.page', HTMLElement).inert).to.equal(true);
    gate.dismiss();
    expect(document.activeElement).to.equal(button);
  });

  it('leaves typing in a field to the field', async () => {
    const { gate } = await openPage();
    const input = find('.ways input[name=text]', HTMLInputElement);
    for (const key of [...Array<string>(20).fill('7'), 'Enter']) {
      input.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    }
    expect(gate.state.judging).to.equal(false);
  });

  it('changes its post, and keeps it where a reload finds it', async () => {
    const { gate, kept } = await openPage();
    const select = find('.post label:nth-of-type(2) select', HTMLSelectElement);
    select.value = 'exit';
    select.dispatchEvent(new Event('change'));
    expect(gate.state.post.purpose).to.equal('exit');
    find('header button', HTMLButtonElement).click();
    expect(document.documentElement.lang).to.equal('en');
    const found = readPost(new URLSearchParams(kept.at(-1)));
    expect(found).to.deep.equal({ ...post, purpose: 'exit', language: 'en' });
    expect(readPost(writePost({ ...found, train: 'G901' })).train).to.equal('G901');
  });

  it('offers the trains that leave from here, or arrive', async () => {
    const { gate } = await openPage();
    const offered = (): string[] =>
      [...find('.post label:nth-of-type(4) select', HTMLSelectElement).options].map(
        ({ value }) => value,
      );
    expect(offered()).to.deep.equal(['', 'G901']);
    await gate.choose({ purpose: 'exit' });
    expect(offered()).to.deep.equal(['', 'G902']);
  });

  it('says that it is alone, and how old what it holds is', async () => {
    const { gate, issuer } = await openPage();
    issuer.online = false;
    issuer.at += 125;
    await gate.refresh();
    expect(find('.connection', HTMLElement).innerText).to.include(zh.connections.alone);
    const lists = find('.lists', HTMLElement).innerText;
    expect(lists).to.include('2 分钟前').and.include(zh.failures.unreachable);
    await gate.judge(await issuer.mint(0));
    expect(words()).to.include(zh.judgedAlone);
  });

  it('keeps neither codes nor tickets in the address, attributes or web storage (B7)', async () => {
    const { gate, issuer, kept } = await openPage();
    const code = await issuer.mint(0);
    await gate.judge(code);
    expect(root.innerHTML).not.to.include(code.slice(0, 40));
    expect(kept.join() + location.href).not.to.include(code.slice(0, 40));
    expect(localStorage.length + sessionStorage.length).to.equal(0);
  });

  it('says each verdict to ears and hands once, where that is wanted', async () => {
    const silent = await openPage();
    await silent.gate.judge(await silent.issuer.mint(0));
    expect(silent.signals).to.deep.equal([]);
    const { gate, issuer, signals } = await openPage('zh', { sound: true });
    await gate.judge(await issuer.mint(0));
    await gate.refresh();
    gate.dismiss();
    await gate.judge('nonsense');
    expect(signals).to.deep.equal(['pass', 'refused']);
  });

  it('shows people who look whose code it is, masked, and a gate nobody', async () => {
    const { gate, issuer } = await openPage('zh', { purpose: 'check' });
    await gate.judge(await issuer.mint(0));
    expect(words()).to.include('林*满').and.include('11**************11');
    gate.dismiss();
    issuer.online = false;
    await gate.judge(await issuer.mint(1));
    expect(words()).to.include(zh.unseen.word).and.not.include('林*满');
    expect(find('.verdict', HTMLElement).dataset['kind']).to.equal('unseen');
    gate.dismiss();
    issuer.online = true;
    await gate.choose({ purpose: 'entry' });
    await gate.refresh();
    await gate.judge(await issuer.mint(2));
    expect(words()).to.include(zh.pass).and.not.include('林*满');
  });

  it('says how many admissions the issuer has not been told of, and of how many clashed', async () => {
    const { gate, issuer } = await openPage();
    issuer.online = false;
    await gate.judge(await issuer.mint(0));
    gate.dismiss();
    const lists = find('.lists', HTMLElement);
    expect(lists.innerText).to.include(zh.untold(1));
    issuer.online = true;
    await gate.refresh();
    expect(lists.innerText).not.to.include('待上报').and.not.include('重复');
  });

  const pictures: Record<string, [() => Promise<BlobPart>, string, string]> = {
    'an empty file': [async () => '', 'image/png', zh.noImage],
    'a text that says it is a picture': [async () => 'not a picture', 'image/jpeg', zh.noImage],
    'a drawing as SVG': [
      async () => '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'image/svg+xml',
      zh.noImage,
    ],
    'a picture without a code': [
      () => pngOf(document.createElement('canvas')),
      'image/png',
      zh.noCodeInFile,
    ],
    'a code out of focus': [
      () => pngOf(spoil(drawCode('one.code'), { blur: 0.05 })),
      'image/png',
      zh.noCodeInFile,
    ],
    'a code with a light on its corner': [
      () => pngOf(spoil(drawCode('one.code'), { glare: 0.2, glareAt: 0.2 })),
      'image/png',
      zh.noCodeInFile,
    ],
    'a code of which half is cut off': [
      () => pngOf(spoil(drawCode('one.code'), { seen: 0.5 })),
      'image/png',
      zh.noCodeInFile,
    ],
    'a picture that breaks off before it says how large it is': [
      async () => (await pngOf(drawCode('one.code'))).slice(0, 20),
      'image/png',
      zh.noImage,
    ],
    'a code as SVG': [async () => codeAsSvg('one.code'), 'image/svg+xml', zh.noImage],
    'two codes in one picture': [
      () => pngOf(sideBySide('one', 'two')),
      'image/png',
      zh.manyCodesInFile,
    ],
  };
  for (const [name, [content, type, answer]] of Object.entries(pictures)) {
    it(`says what is wrong with ${name}`, async () => {
      const { gate } = await openPage();
      await choose(new File([await content()], 'picture', { type }));
      expect(find('.ways .failure', HTMLElement).innerText).to.include(answer);
      expect(gate.state.display).to.equal(undefined);
    });
  }

  for (const [name, spoiling] of Object.entries({
    'upside down': { degrees: 180 },
    'on its side': { degrees: 90 },
    tilted: { degrees: 12 },
    'out of focus, with a light on it': { degrees: 5, blur: 0.003, glare: 0.1 },
  })) {
    it(`lets in by a picture of a code that is ${name}`, async () => {
      const { gate, issuer } = await openPage();
      await choose(await pngOf(spoil(drawCode(await issuer.mint(0), spoiling), spoiling)));
      expect(gate.state.display?.kind).to.equal('pass');
    });
  }

  it('reads a photograph of 20 megapixels', async () => {
    const { gate, issuer } = await openPage();
    const photograph = new OffscreenCanvas(5_472, 3_648);
    const context = photograph.getContext('2d');
    context?.drawImage(drawCode(await issuer.mint(0), { width: 2_000 }), 1_500, 800);
    await choose(new File([await photograph.convertToBlob({ type: 'image/jpeg' })], 'photo.jpg'));
    expect(gate.state.display?.kind).to.equal('pass');
  });

  it('reads a QR of something else, and ten megabytes of text, as no code', async () => {
    const { gate } = await openPage();
    await choose(await pngOf(drawCode('https://example.com/?a=1')));
    expect(words()).to.include(zh.reasons.malformed.word);
    gate.dismiss();
    // A field takes no more than its length of what is pasted; a scanner's text has no such end.
    expect(find('.ways input[name=text]', HTMLInputElement).maxLength).to.equal(2_048);
    await gate.judge('x'.repeat(10_000_000));
    expect(words()).to.include(zh.reasons.malformed.word);
  });

  it('does not start by a configuration that is not one', () => {
    expect(v.safeParse(Configuration, { issuer: 'http://localhost:8080' }).success).to.equal(false);
  });
});
