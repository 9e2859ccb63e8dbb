import { expect } from 'chai';
import { showAppearance } from '../../extension/options/appearance.ts';
import type { OptionsPage } from '../../extension/options/options-page.ts';
import { defaultOptions, type Options } from '../../extension/stored-options.ts';
import { violations } from '../elements/audit.ts';
import { clear, issuer, other, press, section, textOf, until, World } from './options-fixture.ts';

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(async () => {
  await clear(world);
  delete document.documentElement.dataset['theme'];
});

/** What can be seen of the page, each made by what somebody does. */
const looks: Record<string, () => Promise<HTMLElement>> = {
  'at first': () => world.page(),
  'without the issuer': () => {
    world.network.isDown = true;
    return world.page();
  },
  'with a wrong address': async () => {
    const page = await world.page();
    section(page, 'issuer').renderRoot.querySelector('input')!.value = 'http://issuer.example';
    section(page, 'issuer').renderRoot.querySelector<HTMLElement>('button.main')!.click();
    await until(() => section(page, 'issuer').renderRoot.querySelector('.error'));
    return page;
  },
  'asked about another issuer and about clearing': async () => {
    await world.signInWithCode();
    const page = await world.page();
    section(page, 'issuer').renderRoot.querySelector('input')!.value = other;
    section(page, 'issuer').renderRoot.querySelector<HTMLElement>('button.main')!.click();
    section(page, 'clear').renderRoot.querySelector<HTMLElement>('#clear')!.click();
    await until(() => section(page, 'issuer').renderRoot.querySelector('#question'));
    return page;
  },
  'connected, signed out and cleared': async () => {
    await world.signInWithCode();
    const page = await world.page();
    section(page, 'sign-in').renderRoot.querySelector('button')!.click();
    await until(() => section(page, 'sign-in').renderRoot.querySelector('.good'));
    section(page, 'clear').renderRoot.querySelector<HTMLElement>('#clear')!.click();
    await section(page, 'clear').updateComplete;
    section(page, 'clear').renderRoot.querySelector<HTMLElement>('.question .danger')!.click();
    await until(() => section(page, 'clear').renderRoot.querySelector('.good'));
    section(page, 'issuer').renderRoot.querySelector<HTMLElement>('button.main')!.click();
    await until(() => section(page, 'issuer').renderRoot.querySelector('.good'));
    return page;
  },
  'with reminders on and notifications withdrawn': async () => {
    await world.set({ reminders: { renewal: true, end: true, verification: false } });
    const page = await world.page();
    await until(() => section(page, 'reminders').renderRoot.querySelector('.notice'));
    return page;
  },
  'with notifications refused': async () => {
    world.hand.answer = 'refuse';
    const page = await world.page();
    section(page, 'reminders').renderRoot.querySelector('input')!.click();
    await until(() => section(page, 'reminders').renderRoot.querySelector('.error'));
    return page;
  },
};

/** What reaches beyond the page or its own box. */
function overflowing(page: HTMLElement): string[] {
  const parts = [page, ...page.shadowRoot!.querySelectorAll('*')];
  return parts
    .flatMap((part) => [...(part.shadowRoot?.querySelectorAll<HTMLElement>('*') ?? [])])
    .filter((each) => each.getBoundingClientRect().right > page.getBoundingClientRect().right)
    .map(({ outerHTML }) => outerHTML);
}

describe('the options page', () => {
  for (const [name, look] of Object.entries(looks)) {
    for (const scheme of ['light', 'dark'] as const) {
      it(`passes axe and fits 320 px in large text: ${name}, ${scheme}`, async () => {
        for (const language of ['zh', 'en'] as const) {
          world = new World();
          world.ports.browserLanguage = language;
          document.documentElement.style.colorScheme = scheme;
          const page = await look();
          expect(await violations(page), language).to.deep.equal([]);
          page.style.width = '320px';
          page.style.fontSize = '200%';
          expect(overflowing(page), language).to.deep.equal([]);
          await clear(world);
          document.documentElement.style.colorScheme = '';
        }
      });
    }
  }

  it('cuts no choice in large text on 320 px', async () => {
    for (const language of ['zh', 'en'] as const) {
      await world.set({ language });
      const page = await world.page();
      page.style.width = '320px';
      page.style.fontSize = '200%';
      const pen = document.createElement('canvas').getContext('2d')!;
      const arrow = 24;
      for (const select of section(page, 'appearance').renderRoot.querySelectorAll('select')) {
        const { font, paddingLeft } = getComputedStyle(select);
        pen.font = font;
        const room = select.clientWidth - 2 * parseFloat(paddingLeft) - arrow;
        for (const { text } of select.options) {
          expect(pen.measureText(text).width, text).to.be.at.most(room);
        }
      }
      page.remove();
    }
  });

  it('says what it is and is not, and which version', async () => {
    const page = await world.page();
    expect(textOf(page)).to.include('并非官方证件').and.to.include('只是模拟');
    expect(textOf(page)).to.include('1.2.3');
  });

  it('takes up another language at once, wherever that was chosen', async () => {
    const page = await world.page();
    const part = section(page, 'appearance');
    const select = part.renderRoot.querySelector<HTMLSelectElement>('[data-choice=language]')!;
    select.value = 'en';
    select.dispatchEvent(new Event('change'));
    await until(() => textOf(page).includes('Settings'));
    expect((await world.options.read()).language).to.equal('en');
    expect(page.shadowRoot?.querySelector('main')?.lang).to.equal('en');
    await world.set({ language: 'zh' });
    await until(() => textOf(page).includes('设置'));
    expect(select.value).to.equal('zh');
  });

  it('a choice that the browser does not store goes back, and it says so', async () => {
    const page = await world.page();
    const part = section(page, 'appearance');
    const select = part.renderRoot.querySelector<HTMLSelectElement>('[data-choice=theme]')!;
    world.memory.isFull = true;
    select.value = 'dark';
    select.dispatchEvent(new Event('change'));
    await until(() => textOf(page).includes('没有保存这项更改'));
    expect(select.value).to.equal('browser');
  });

  it('can be used by keyboard alone: every control is one that the browser makes reachable', async () => {
    const page = await world.page();
    const roots = [page, ...page.shadowRoot!.querySelectorAll('*')].map((each) => each.shadowRoot);
    const controls = roots.flatMap((root) => [
      ...(root?.querySelectorAll<HTMLElement>('button, input, select') ?? []),
    ]);
    expect(controls.length).to.be.greaterThan(8);
    for (const control of controls) {
      control.focus();
      expect(control.matches(':focus'), control.outerHTML).to.equal(true);
      expect(control.tabIndex).to.equal(0);
    }
    const clickable = roots.flatMap((root) => [...(root?.querySelectorAll('[onclick]') ?? [])]);
    expect(clickable).to.deep.equal([]);
  });

  it('Enter in the address tests and saves it', async () => {
    const page = await world.page();
    const part = section(page, 'issuer');
    part.renderRoot.querySelector('input')!.value = other;
    part.renderRoot.querySelector('form')!.requestSubmit();
    await until(() => textOf(part).includes('连接成功'));
  });

  it('what was said of an issuer goes when another is in use', async () => {
    const page = await world.page();
    const part = section(page, 'issuer');
    part.renderRoot.querySelector('input')!.value = other;
    press(part, '测试并保存');
    await until(() => textOf(part).includes(`已使用 ${other}`));
    await world.options.clear();
    await until(() => !textOf(part).includes('已使用'));
    expect(part.renderRoot.querySelector('input')!.value).to.equal(issuer);
  });

  it('what was said of a sign-in goes when another issuer is in use', async () => {
    await world.signInWithCode();
    const page = await world.page();
    const part = section(page, 'sign-in');
    press(part, '退出登录');
    await until(() => textOf(part).includes('已撤销'));
    await world.set({ issuer: other });
    await until(() => textOf(part).includes('不在此提供登录'));
    expect(textOf(part)).not.to.include('已退出登录').and.not.to.include('已撤销');
  });

  it('a sign-in that failed at a former issuer is not told at the next', async () => {
    const page = await world.page();
    const part = section(page, 'sign-in');
    let fail: ((why: Error) => void) | undefined;
    world.network.answers.set(
      `POST ${issuer}/mock/sessions`,
      () => new Promise((_, reject) => (fail = reject)),
    );
    press(part, '成年旅客');
    await until(() => fail);
    await world.set({ issuer: other });
    await until(() => textOf(part).includes('不在此提供登录'));
    fail?.(new TypeError('no network'));
    await new Promise((resolve) => setTimeout(resolve));
    await part.updateComplete;
    expect(textOf(part)).not.to.include('没有登录成功').and.not.to.include('正在登录');
  });

  /** Everything, and whoever is asked says yes. */
  const clearAll = async (page: OptionsPage): Promise<void> => {
    press(section(page, 'clear'), '清除全部数据…');
    await section(page, 'clear').updateComplete;
    press(section(page, 'clear'), '清除');
    await until(() => textOf(section(page, 'clear')).includes('权限已交还'));
  };

  it('whatever was said before goes when everything is cleared, by the default issuer too', async () => {
    const page = await world.page();
    section(page, 'issuer').renderRoot.querySelector('input')!.value = 'two words';
    press(section(page, 'issuer'), '测试并保存');
    await until(() => textOf(section(page, 'issuer')).includes('不是网址'));
    await clearAll(page);
    await until(() => !textOf(section(page, 'issuer')).includes('不是网址'));
    expect(section(page, 'issuer').renderRoot.querySelector('input')!.value).to.equal(issuer);
  });

  it('that everything is cleared is said no more once somebody signs in or changes the issuer', async () => {
    for (const change of [{ issuer: other }, { signedIn: { user: 'adult', at: 'a' } }]) {
      const page = await world.page();
      await clearAll(page);
      await world.set(change);
      await until(() => !textOf(section(page, 'clear')).includes('权限已交还'));
      page.remove();
      await world.options.clear();
    }
  });

  it('what was wrong with an address is said no more when another issuer is in use', async () => {
    const page = await world.page();
    const part = section(page, 'issuer');
    part.renderRoot.querySelector('input')!.value = 'two words';
    press(part, '测试并保存');
    await until(() => textOf(part).includes('不是网址'));
    await world.set({ issuer: other });
    await until(() => !textOf(part).includes('不是网址'));
  });
});

describe('the document of the options page', () => {
  const shown = (change: Partial<Options>, browserLanguage = 'en-GB') => {
    const document = new DOMParser().parseFromString('<!doctype html>', 'text/html');
    showAppearance(document, { ...defaultOptions, ...change }, browserLanguage);
    const { lang, dataset } = document.documentElement;
    return [lang, dataset['theme'], document.title];
  };

  it('goes by the browser where nothing else is wished', () => {
    expect(shown({})).to.deep.equal(['en', undefined, 'Settings – Temporary boarding ID']);
    expect(shown({}, 'zh-TW')[0]).to.equal('zh-CN');
  });

  it('goes by what is wished', () => {
    const [lang, theme, title] = shown({ language: 'zh', theme: 'dark' });
    expect([lang, theme, title]).to.deep.equal(['zh-CN', 'dark', '设置 – 临时乘车身份证明']);
  });
});
