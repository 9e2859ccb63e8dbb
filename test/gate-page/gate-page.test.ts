import axe from 'axe-core';
import { expect } from 'chai';
import { openCamera } from '../../mock-server/gate/page/camera.ts';
import { Configuration, readPost, writePost } from '../../mock-server/gate/page/configuration.ts';
import { GatePage } from '../../mock-server/gate/page/gate-page.ts';
import { zxingReader } from '../../mock-server/gate/page/image-reader.ts';
import { en } from '../../mock-server/gate/page/texts-en.ts';
import { zh } from '../../mock-server/gate/page/texts-zh.ts';
import { reasonCodes, reasons } from '../../widget/protocol/code/reasons.ts';
import { toQrText } from '../../widget/protocol/code/qr-text.ts';
import * as v from 'valibot';
import { drawCode, pngOf, wasm } from './drawn-code.ts';
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

  before(async () => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = '/mock-server/gate/page/style.css';
    const loaded = new Promise((resolve) => link.addEventListener('load', resolve));
    document.head.append(link);
    await loaded;
  });
  beforeEach(() => {
    root = document.createElement('div');
    document.body.append(root);
    leaving = new AbortController();
  });
  afterEach(() => {
    leaving.abort();
    root.remove();
  });

  async function openPage(language: 'zh' | 'en' = 'zh') {
    const issuer = await createIssuer();
    const opened = await openGate(issuer, { post: { language } });
    const kept: string[] = [];
    const page = new GatePage(root, {
      ...opened,
      openCamera,
      read: zxingReader(wasm),
      after: opened.timers.after,
      mock: true,
      stations,
      trains,
      keep: (query) => kept.push(query.toString()),
    });
    page.start(leaving.signal);
    return { issuer, kept, ...opened };
  }

  const find = <E extends Element>(selector: string, type: new () => E): E => {
    const found = root.querySelector(selector);
    if (!(found instanceof type)) throw new Error(`There is no ${selector}.`);
    return found;
  };
  const words = (): string => find('.verdict', HTMLElement).innerText;

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
    const { gate, issuer } = await openPage();
    const transfer = new DataTransfer();
    transfer.items.add(await pngOf(drawCode(await issuer.mint(0))));
    const judged = new Promise<void>((resolve) => {
      gate.subscribe(() => gate.state.display && resolve());
    });
    const input = find('input[type=file]', HTMLInputElement);
    input.files = transfer.files;
    input.dispatchEvent(new Event('change'));
    await judged;
    expect(words()).to.include('放行');
  });

  it('says so when a file holds no code, or is no image', async () => {
    await openPage();
    const empty = document.createElement('canvas');
    for (const [file, text] of [
      [await pngOf(empty), zh.noCodeInFile],
      [new File(['text'], 'a.txt'), zh.noImage],
    ] as const) {
      const transfer = new DataTransfer();
      transfer.items.add(file);
      const input = find('input[type=file]', HTMLInputElement);
      const status = find('.ways [role=status]', HTMLElement);
      const changed = new Promise<void>((resolve) => {
        const observer = new MutationObserver(() => {
          if (!status.innerText.includes(text)) return;
          observer.disconnect();
          resolve();
        });
        observer.observe(status, { childList: true, characterData: true, subtree: true });
      });
      input.files = transfer.files;
      input.dispatchEvent(new Event('change'));
      await changed;
    }
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

  it('does not start by a configuration that is not one', () => {
    expect(v.safeParse(Configuration, { issuer: 'http://localhost:8080' }).success).to.equal(false);
  });
});
