import { expect } from 'chai';
import { BoardingIdPanel } from '../../extension/panel/panel.ts';
import { violations } from '../elements/audit.ts';
import { button, clear, textOf } from '../elements/fixture.ts';
import {
  appear,
  component,
  goTo,
  hands,
  inAllLooks,
  options,
  settled,
  signedIn,
  type TestBoardingId,
  vaultContent,
} from './surface-fixture.ts';

customElements.define('boarding-id-panel', BoardingIdPanel);

const granted = { geolocation: 'granted', camera: 'granted' } as const;

function panel(change: { allowed?: boolean; ready?: boolean } = {}) {
  const around = hands();
  if (change.allowed) around.permissions.states = { ...granted };
  if (change.ready) around.vault.content = vaultContent();
  const surface = new BoardingIdPanel();
  surface.given = around.given;
  return { ...around, surface };
}
const inside = (surface: BoardingIdPanel): TestBoardingId =>
  surface.shadowRoot!.querySelector('boarding-id') as TestBoardingId;
const saysNotHere = (surface: BoardingIdPanel): boolean =>
  surface.shadowRoot!.querySelector('.not-here') !== null;
const signal = new AbortController().signal;

describe('the panel', () => {
  afterEach(clear);

  it('opens at the services, and at the code when a registered user has one', async () => {
    const without = panel();
    await appear(without.surface, { signedIn });
    expect(component(without.surface)?.flow.heard).to.deep.equal(['open services']);
    clear();

    const { surface } = panel({ ready: true });
    await appear(surface, { signedIn });
    expect(component(surface)?.flow.heard).to.deep.equal(['open code']);
    expect(surface.showsCode, 'not yet').to.equal(false);
    await goTo(surface, 'code');
    expect(surface.showsCode).to.equal(true);
    clear();

    const guest = panel({ ready: true });
    await appear(guest.surface);
    expect(component(guest.surface)?.flow.heard).to.deep.equal(['open services']);
  });

  for (const [name, undecided] of [
    ['the place', { geolocation: 'prompt', camera: 'granted' }],
    ['the camera', { geolocation: 'granted', camera: 'prompt' }],
    ['a camera that is blocked', { geolocation: 'granted', camera: 'denied' }],
  ] as const) {
    it(`sends to the page where the browser would ask, and says why: ${name}`, async () => {
      const { surface, permissions, asked } = panel();
      permissions.states = { ...undecided };
      await appear(surface);
      for (const state of [
        'application-guest',
        'readiness-location',
        'liveness-explain',
      ] as const) {
        await goTo(surface, state);
        expect(component(surface), state).to.equal(undefined);
        expect(textOf(surface), state).to.include('浏览器不会在侧边栏里询问');
      }
      button(surface, '打开完整页面').click();
      expect(asked).to.deep.equal(['page application']);
    });
  }

  it('lets the browser ask for nothing before all is allowed', async () => {
    const { surface, permissions } = panel();
    await appear(surface);
    expect(await inside(surface).surface.mayLocate(signal)).to.equal(false);
    permissions.decide(granted);
    await settled(surface);
    expect(await inside(surface).surface.mayLocate(signal)).to.equal(true);
  });

  it('goes back to the services from there', async () => {
    const { surface } = panel();
    await appear(surface);
    const shell = await goTo(surface, 'application-guest');
    button(surface, '返回').click();
    expect(shell.flow.heard.at(-1)).to.equal('open services');
    await goTo(surface, 'services');
    expect(component(surface)).to.equal(shell);
  });

  it('R17: shows that a new check is due, and sends to the page for it', async () => {
    const { surface, asked, acting } = panel({ ready: true });
    await appear(surface, { signedIn });
    const shell = await goTo(surface, 'code-verification-required');
    expect(component(surface), 'seen').to.equal(shell);

    expect(await shell.surface.mayAct()).to.equal(false);
    await settled(surface);
    expect(acting.acts).to.equal(false);
    expect(saysNotHere(surface)).to.equal(true);
    button(surface, '打开完整页面').click();
    expect(asked).to.deep.equal(['page code']);
    button(surface, '返回').click();
    await settled(surface);
    expect(component(surface)).to.equal(shell);
  });

  it('sends nobody to the page any more for what was asked of a former issuer', async () => {
    const { surface } = panel();
    await appear(surface);
    await goTo(surface, 'code-verification-required');
    await inside(surface).surface.mayAct();
    await settled(surface);
    expect(saysNotHere(surface)).to.equal(true);
    surface.options = options({ issuer: 'https://other.example' });
    await settled(surface);
    expect(saysNotHere(surface)).to.equal(false);
    expect(component(surface)?.issuer).to.equal('https://other.example');
  });

  it('goes on by itself once all is allowed on the page, and may act', async () => {
    const { surface, permissions, acting } = panel();
    await appear(surface);
    const shell = await goTo(surface, 'application-guest');
    permissions.decide({ geolocation: 'granted' });
    await settled(surface);
    expect(saysNotHere(surface), 'the camera is not').to.equal(true);
    permissions.decide({ camera: 'granted' });
    await settled(surface);
    expect(component(surface)).to.equal(shell);
    expect(shell.flow.heard.at(-1), 'the place is asked for now').to.equal('open application');
    expect(await shell.surface.mayAct()).to.equal(true);
    expect(acting.acts).to.equal(true);
  });

  it('sends to the page again when what was allowed for this time is over', async () => {
    const { surface, permissions } = panel({ allowed: true });
    await appear(surface);
    await goTo(surface, 'application-guest');
    expect(saysNotHere(surface)).to.equal(false);
    permissions.decide({ geolocation: 'prompt' });
    await settled(surface);
    expect(saysNotHere(surface)).to.equal(true);
  });

  it('does not act while another surface does, says so, and leads there', async () => {
    const { surface, acting, asked } = panel({ allowed: true });
    await appear(surface);
    acting.another(true);
    await settled(surface);
    expect(await inside(surface).surface.mayAct()).to.equal(false);
    expect(textOf(surface)).to.include('正在另一个标签页或窗口中办理');
    button(surface, '转到那里').click();
    expect(asked).to.deep.equal(['go where acting']);
    acting.another(false);
    await settled(surface);
    expect(textOf(surface)).not.to.include('正在另一个标签页');
  });

  it('comes to the code when a registered user has verified on the page', async () => {
    const { surface } = panel();
    await appear(surface, { signedIn });
    inside(surface).surface.codeCame?.();
    expect(inside(surface).flow.heard.at(-1)).to.equal('open code');
  });

  it('is closed by going back from the services; the component is not', async () => {
    const { surface, asked } = panel();
    await appear(surface);
    const shell = inside(surface);
    expect(shell.tell({ name: 'close-request', source: 'screen' }), 'it stays').to.equal(false);
    expect(asked).to.deep.equal(['leave']);
  });

  const seen: Record<string, (surface: BoardingIdPanel) => Promise<unknown>> = {
    'at the services': async () => undefined,
    'with the code': (surface) => goTo(surface, 'code'),
    'where the browser would ask': (surface) => goTo(surface, 'application-guest'),
    'while another surface acts': async (surface) => {
      (surface.given.acting as ReturnType<typeof hands>['acting']).another(true);
      await settled(surface);
    },
  };
  for (const [name, make] of Object.entries(seen)) {
    it(`passes axe, ${name}, in both languages and themes, and fits in 320 px of large text`, () =>
      inAllLooks(async (look) => {
        const { surface } = panel();
        await appear(surface, look);
        await make(surface);
        expect(await violations(surface)).to.deep.equal([]);
        surface.style.setProperty('--boarding-id-font-size', '32px');
        Object.assign(surface.style, { fontSize: '32px', width: '320px' });
        expect(surface.scrollWidth).to.be.at.most(320);
      }));
  }
});
