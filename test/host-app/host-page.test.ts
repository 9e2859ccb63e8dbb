import axe from 'axe-core';
import { expect } from 'chai';
import '../../widget/entry.ts';
import { readPurchase } from '../../mock-server/host-app/buy-view.ts';
import { Embedded } from '../../mock-server/host-app/embedded.ts';
import { embeddedId } from '../../mock-server/host-app/home-view.ts';
import { HostApp } from '../../mock-server/host-app/host-app.ts';
import { HostPage } from '../../mock-server/host-app/host-page.ts';
import type { Route } from '../../mock-server/host-app/route.ts';
import type { Settings } from '../../mock-server/host-app/settings.ts';
import { zh } from '../../mock-server/host-app/texts-zh.ts';
import { styleBy } from '../styled-page.ts';
import { createOffice, noonMs } from './test-office.ts';

describe('host page', () => {
  let root: HTMLElement;
  let leaving: AbortController;

  before(() => styleBy('/mock-server/host-app/style.css'));
  beforeEach(() => {
    root = document.createElement('div');
    document.body.append(root);
    leaving = new AbortController();
  });
  afterEach(() => {
    leaving.abort();
    root.remove();
    delete document.documentElement.dataset['theme'];
  });

  interface Opening {
    route?: Route;
    person?: string;
    settings?: Partial<Settings>;
    define?: () => Promise<unknown>;
  }

  async function openPage(opening: Opening = {}) {
    const { office, server } = createOffice();
    let closed = 0;
    const embedded = new Embedded({
      id: embeddedId,
      issuer: location.origin,
      clock: () => noonMs,
      define: opening.define ?? (() => import('../../widget/define.ts')),
      heard: (event) => app.heard(event),
      closed: () => {
        closed++;
        app.go({ page: 'home' });
      },
    });
    const app: HostApp = new HostApp(
      {
        office,
        now: () => noonMs,
        keepPerson: () => {},
        forgetBoardingId: () => embedded.signOut(),
      },
      {
        route: opening.route ?? { page: 'home' },
        settings: { language: 'zh', theme: 'light', largeText: false, ...opening.settings },
        person: opening.person,
      },
    );
    const page = new HostPage(root, app, embedded);
    page.start(leaving.signal);
    await app.load();
    return { app, server, closings: () => closed };
  }

  const find = <E extends Element>(selector: string, type: new () => E): E => {
    const found = root.querySelector(selector);
    if (!(found instanceof type)) throw new Error(`There is no ${selector}.`);
    return found;
  };

  /** Resolves once the component is in the page and has drawn itself. */
  async function component() {
    await new Promise<void>((resolve) => {
      const observer = new MutationObserver(look);
      function look(): void {
        if (!root.querySelector('boarding-id')) return;
        observer.disconnect();
        resolve();
      }
      observer.observe(root, { childList: true, subtree: true });
      look();
    });
    const element = root.querySelector('boarding-id')!;
    await element.updateComplete;
    return element;
  }

  async function audit(): Promise<void> {
    const { violations } = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).to.deep.equal(
      [],
    );
  }

  const pages = ['home', 'buy', 'tickets', 'more', 'services', 'account'] as const;
  for (const theme of ['light', 'dark'] as const) {
    for (const language of ['zh', 'en'] as const) {
      it('says that no train can be bought only when it knows so', async () => {
        const { app, server } = await openPage();
        expect(root.textContent).to.include('G901');
        server.instead.set('/mock/trains', () => Response.json([]));
        await app.load();
        expect(root.textContent).to.include(zh.noTrains);
        leaving.abort();
        const fresh = openPage();
        expect(root.textContent).to.include(zh.departures).and.not.include(zh.noTrains);
        await fresh;
      });

      it('its tiles stand where they stood before the trains had come', async () => {
        const { app, server } = await openPage();
        const top = () => find('.tiles', HTMLElement).getBoundingClientRect().top;
        server.instead.set('/mock/trains', () => Response.json([]));
        const withTrains = top();
        await app.load();
        expect(app.state.trains).to.have.length(0);
        expect(top()).to.equal(withTrains);
      });

      it(`stands up to an accessibility audit on every page, ${theme}, ${language}`, async () => {
        const { app } = await openPage({ person: 'adult', settings: { theme, language } });
        await app.buy({ train: 'G901', kind: 'single', identity: undefined });
        for (const page of pages) {
          app.go({ page });
          app.openControls(true);
          await audit();
        }
      });
    }
  }

  it('has the tile 温馨服务 on the home page, which opens the list of services (R1)', async () => {
    const { app } = await openPage();
    const tile = find('boarding-id-entry', HTMLElement);
    expect(tile.shadowRoot?.textContent).to.include('温馨服务');
    tile.shadowRoot?.querySelector('button')?.click();
    expect(app.state.route).to.deep.equal({ page: 'boarding-id', screen: 'services' });
    const element = await component();
    expect(element.screen).to.equal('services');
    expect(document.querySelectorAll('boarding-id')).to.have.length(1);
  });

  it('leads from 更多 over 温馨服务 and 临时身份证明 to the application page (R2)', async () => {
    const { app } = await openPage({ route: { page: 'more' } });
    const rows = (): HTMLAnchorElement[] => [...root.querySelectorAll<HTMLAnchorElement>('a.row')];
    const named = (name: string): string | undefined =>
      rows().find((row) => row.innerText.includes(name))?.hash;
    expect(named('温馨服务')).to.equal('#/services');
    app.go({ page: 'services' });
    expect(named('临时身份证明')).to.equal('#/boarding-id/application');
    app.go({ page: 'boarding-id', screen: 'application' });
    expect((await component()).screen).to.equal('application');
  });

  it('gives the component issuer, language, text size, session and clock', async () => {
    const { app } = await openPage({
      route: { page: 'boarding-id', screen: 'application' },
      person: 'adult',
      settings: { language: 'en', largeText: true },
    });
    const element = await component();
    expect(element.issuer).to.equal(location.origin);
    expect(element.lang).to.equal('en');
    expect(element.textSize).to.equal('large');
    expect(element.session).to.equal(app.session);
    expect(element.clock?.()).to.equal(noonMs);
    app.set({ language: 'zh', largeText: false });
    expect(element.lang).to.equal('zh');
    expect(element.textSize).to.equal('normal');
  });

  it('takes the component off the page when the traveller goes elsewhere (R18)', async () => {
    const { app } = await openPage({ route: { page: 'boarding-id', screen: 'services' } });
    const element = await component();
    app.go({ page: 'home' });
    expect(element.isConnected).to.equal(false);
    app.go({ page: 'boarding-id', screen: 'help' });
    expect(await component(), 'the same one comes back').to.equal(element);
    expect(element.screen).to.equal('help');
  });

  it('goes back when the component was closed by the traveller, and logs names alone', async () => {
    const { app, closings } = await openPage({
      route: { page: 'boarding-id', screen: 'services' },
    });
    const element = await component();
    const close = (reason: 'user' | 'host'): boolean =>
      element.dispatchEvent(new CustomEvent('boarding-id-closed', { detail: { reason } }));
    close('host');
    expect(closings()).to.equal(0);
    close('user');
    expect(closings()).to.equal(1);
    expect(app.state.events.slice(0, 2)).to.deep.equal([
      'boarding-id-closed',
      'boarding-id-closed',
    ]);
    expect(find('.events', HTMLElement).innerText).to.include('boarding-id-closed');
  });

  it('signs out by the component even if that was never opened (R19)', async () => {
    const { app } = await openPage({ route: { page: 'account' }, person: 'adult' });
    await import('../../widget/define.ts');
    const signedOut: boolean[] = [];
    const prototype = Object.getPrototypeOf(document.createElement('boarding-id')) as {
      signOut: () => Promise<void>;
    };
    const inherited = Object.getOwnPropertyDescriptor(prototype, 'signOut');
    prototype.signOut = async function (this: HTMLElement) {
      signedOut.push(this.isConnected);
    };
    await app.signOut();
    if (inherited) Object.defineProperty(prototype, 'signOut', inherited);
    else Reflect.deleteProperty(prototype, 'signOut');
    expect(signedOut).to.deep.equal([true]);
    expect(document.querySelector('boarding-id')).to.equal(null);
    expect(app.state.person).to.equal(undefined);
  });

  it('says so, at home, when the component cannot be loaded', async () => {
    const failed = new Promise<void>((resolve) => {
      void openPage({
        route: { page: 'boarding-id', screen: 'services' },
        define: async () => {
          throw new TypeError('Failed to fetch dynamically imported module');
        },
      }).then(({ app }) => {
        app.subscribe(() => app.state.failure && resolve());
        if (app.state.failure) resolve();
      });
    });
    await failed;
    expect(find('[role=alert]', HTMLElement).innerText).to.include('联系不上服务器');
    find('boarding-id-entry', HTMLElement);
  });

  it('buys for a guest what the form says, and shows the ticket', async () => {
    const { app, server } = await openPage({ route: { page: 'buy' } });
    await app.makeExample();
    find('input[value=G915]', HTMLInputElement).checked = true;
    const bought = new Promise<void>((resolve) => {
      app.subscribe(() => app.state.route.page === 'tickets' && resolve());
    });
    find('form', HTMLFormElement).requestSubmit();
    await bought;
    expect(server.requests.at(-1)?.body).to.deep.equal({
      train: 'G915',
      kind: 'single',
      identity: { name: '赵安宁', documentType: 'resident-id', number: '329999199001011234' },
    });
    const ticket = find('.ticket', HTMLElement).innerText;
    expect(ticket).to.include('北京南站').and.include('济南西站').and.include('5月20日 22:00');
    expect(root.innerHTML).not.to.include('赵安宁');
  });

  it('asks whoever is signed in for nothing, unless the ticket is for somebody else', async () => {
    await openPage({ route: { page: 'buy' }, person: 'adult' });
    expect(readPurchase(new FormData(find('form', HTMLFormElement)))?.identity).to.equal(undefined);
    const { display } = getComputedStyle(find('.identity', HTMLElement));
    expect(display).to.equal('none');
    find('[value=somebody]', HTMLInputElement).checked = true;
    const identity = readPurchase(new FormData(find('form', HTMLFormElement)))?.identity;
    expect(identity).to.deep.equal({ name: '', documentType: 'resident-id', number: '' });
  });

  it('signs in whom one chooses', async () => {
    const { app } = await openPage({ route: { page: 'account' } });
    find('button.row', HTMLButtonElement).click();
    expect(app.state.person).to.equal('adult');
    expect(find('.profile', HTMLElement).innerText).to.include('成年旅客');
  });

  it('moves the clock, sets faults and the look by its mock controls', async () => {
    const { app, server } = await openPage();
    const button = (text: string): HTMLButtonElement => {
      const all = [...root.querySelectorAll<HTMLButtonElement>('.controls button')];
      const found = all.find((each) => each.textContent?.trim() === text);
      if (!found) throw new Error(`There is no button ${text}.`);
      return found;
    };
    const moved = new Promise<void>((resolve) => {
      app.subscribe(() => app.state.clockAheadMs > 0 && resolve());
    });
    button('+3 小时').click();
    await moved;
    expect(app.now()).to.equal(noonMs + 3 * 60 * 60 * 1000);
    const themes = find('.controls section:nth-of-type(4) select', HTMLSelectElement);
    themes.value = 'dark';
    themes.dispatchEvent(new Event('change'));
    expect(getComputedStyle(document.documentElement).colorScheme).to.equal('dark');
    find('.mock-bar button', HTMLButtonElement).click();
    expect(document.documentElement.lang).to.equal('en-GB');
    expect(find('h1', HTMLElement).innerText).to.equal('Farhill Rail');
    const requests = server.requests.map(({ call }) => call);
    expect(requests).to.include('POST /mock/clock');
  });

  it('moves the focus to the heading of the page it goes to', async () => {
    const { app } = await openPage();
    app.go({ page: 'more' });
    expect(document.activeElement).to.equal(find('h1', HTMLElement));
  });

  it('keeps no cookie and nothing in local storage', async () => {
    const { app } = await openPage();
    app.signIn('adult');
    app.set({ largeText: true });
    expect(document.cookie).to.equal('');
    expect(localStorage.length).to.equal(0);
  });
});
