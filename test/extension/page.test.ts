import { expect } from 'chai';
import { BoardingIdPage } from '../../extension/page/page.ts';
import { violations } from '../elements/audit.ts';
import { button, clear, screenIn, textOf } from '../elements/fixture.ts';
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
} from './surface-fixture.ts';

customElements.define('boarding-id-page', BoardingIdPage);

function page() {
  const around = hands();
  const surface = new BoardingIdPage();
  surface.given = around.given;
  return { ...around, surface };
}
const inside = (surface: BoardingIdPage): TestBoardingId =>
  surface.shadowRoot!.querySelector('boarding-id') as TestBoardingId;
const wordsIn = (shell: TestBoardingId): string => textOf(screenIn(shell));
const why = '浏览器接下来会询问位置';

/** The form is open, and the component wants the place. */
async function locating(surface: BoardingIdPage) {
  const shell = await goTo(surface, 'application-guest');
  const leaving = new AbortController();
  const answers: boolean[] = [];
  void shell.surface.mayLocate(leaving.signal).then((answer) => answers.push(answer));
  await settled(surface);
  return { answers, leave: () => leaving.abort() };
}

describe('the page', () => {
  afterEach(clear);

  it('opens at the screen that it is opened with, and comes to any other', async () => {
    const { surface } = page();
    surface.opensAt = 'records';
    await appear(surface);
    surface.open('code');
    expect(component(surface)?.flow.heard).to.deep.equal(['open records', 'open code']);
  });

  it('says why before the browser asks for the place, and only then lets it ask', async () => {
    const { surface } = page();
    await appear(surface);
    const { answers } = await locating(surface);
    expect(textOf(surface)).to.include(why);
    expect(answers).to.deep.equal([]);
    button(surface, '继续').click();
    await settled(surface);
    expect(answers).to.deep.equal([true]);
    expect(textOf(surface)).not.to.include(why);
  });

  it('lets nobody ask when the traveller would rather not now', async () => {
    const { surface } = page();
    await appear(surface);
    const { answers } = await locating(surface);
    button(surface, '以后再说').click();
    await settled(surface);
    expect(answers).to.deep.equal([false]);
    expect(textOf(surface)).not.to.include(why);
  });

  for (const decided of ['granted', 'denied', undefined] as const) {
    it(`says nothing where the browser does not ask: ${decided ?? 'it does not tell'}`, async () => {
      const { surface, permissions } = page();
      permissions.states.geolocation = decided;
      await appear(surface);
      const { answers } = await locating(surface);
      expect(answers).to.deep.equal([true]);
      expect(textOf(surface)).not.to.include(why);
    });
  }

  it('says it again when what was allowed was allowed for that time only', async () => {
    const { surface, permissions } = page();
    permissions.states.geolocation = 'granted';
    await appear(surface);
    await locating(surface);
    permissions.decide({ geolocation: 'prompt' });
    await locating(surface);
    expect(textOf(surface)).to.include(why);
  });

  it('goes on by itself when the traveller decides elsewhere', async () => {
    const { surface, permissions } = page();
    await appear(surface);
    const { answers } = await locating(surface);
    permissions.decide({ camera: 'granted' });
    await settled(surface);
    expect(answers, 'that was the camera').to.deep.equal([]);
    permissions.decide({ geolocation: 'granted' });
    await settled(surface);
    expect(answers).to.deep.equal([true]);
    expect(textOf(surface)).not.to.include(why);
  });

  it('says it on the form alone, and no more once the component wants no place', async () => {
    const { surface } = page();
    await appear(surface);
    const { answers, leave } = await locating(surface);
    await goTo(surface, 'services');
    expect(textOf(surface)).not.to.include(why);
    await goTo(surface, 'application-guest');
    expect(textOf(surface)).to.include(why);
    leave();
    await settled(surface);
    expect(answers).to.deep.equal([false]);
    expect(textOf(surface)).not.to.include(why);
  });

  it('acts, but not while another surface does: then it says so and leads there', async () => {
    const { surface, acting, asked } = page();
    await appear(surface);
    expect(await inside(surface).surface.mayAct()).to.equal(true);
    acting.end();

    acting.another(true);
    await settled(surface);
    expect(await inside(surface).surface.mayAct()).to.equal(false);
    button(surface, '转到那里').click();
    expect(asked).to.deep.equal(['go where acting']);
    acting.another(false);
    await settled(surface);
    expect(textOf(surface)).not.to.include('转到那里');
  });

  it('says whether a code is seen on it', async () => {
    const { surface } = page();
    await appear(surface);
    expect(surface.showsCode).to.equal(false);
    await goTo(surface, 'code');
    expect(surface.showsCode).to.equal(true);
    await goTo(surface, 'code-verification-required');
    expect(surface.showsCode).to.equal(false);
  });

  it('says that no code is seen while another tab is in front of it', async () => {
    const { surface } = page();
    await appear(surface);
    await goTo(surface, 'code');
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    expect(surface.showsCode).to.equal(false);
    Reflect.deleteProperty(document, 'visibilityState');
    expect(surface.showsCode).to.equal(true);
  });

  for (const refused of ['session-required', 'session-expired'] as const) {
    it(`leads to the settings, where one signs in, from what wants a sign-in: ${refused}`, async () => {
      const { surface, asked } = page();
      await appear(surface, { language: 'en' });
      const shell = await goTo(surface, 'records-refused');
      const { known, screen } = shell.flow.state;
      const refusal = { code: refused };
      shell.flow.show({ known, screen: { ...screen, refusal } as typeof screen });
      await settled(surface);
      const way = surface.shadowRoot!.querySelector<HTMLElement>(`[slot=refusal-${refused}]`)!;
      expect(way.getClientRects().length, 'seen in the refusal').to.equal(1);
      expect(way.textContent).to.include('you sign in from its settings');
      expect(wordsIn(shell)).to.include('Sign in').and.not.to.include('the app');
      way.querySelector('button')!.click();
      expect(asked).to.deep.equal(['options']);

      await goTo(surface, 'records-refused');
      expect(way.getClientRects().length, 'not where anything else is refused').to.equal(0);
    });
  }

  it('is left by going back from the services; the component stays until it is', async () => {
    const { surface, asked } = page();
    await appear(surface);
    const shell = inside(surface);
    expect(shell.tell({ name: 'close-request', source: 'screen' })).to.equal(false);
    expect(asked).to.deep.equal(['leave']);
    expect(component(surface)).to.equal(shell);
  });

  it('follows language and sign-in at once, on the same component', async () => {
    const { surface, session } = page();
    await appear(surface);
    const shell = inside(surface);
    const nobody = shell.session;
    expect(nobody).not.to.equal(session);

    surface.language = 'en';
    surface.options = options({ language: 'en', theme: 'dark' });
    await settled(surface);
    expect(shell.lang).to.equal('en');
    expect(shell.session, 'nobody signed in or out').to.equal(nobody);
    expect(shell.flow.heard).to.deep.equal(['open services']);

    surface.options = options({ language: 'en', signedIn });
    await settled(surface);
    expect(inside(surface)).to.equal(shell);
    expect(shell.session).to.equal(session);
    expect(shell.flow.heard.at(-1)).to.equal('session changed');
  });

  it('begins anew with another issuer', async () => {
    const { surface } = page();
    await appear(surface);
    const former = await goTo(surface, 'code');
    surface.options = options({ issuer: 'https://other.example' });
    await settled(surface);
    expect(inside(surface)).not.to.equal(former);
    expect(inside(surface).issuer).to.equal('https://other.example');
    expect(former.flow.heard.at(-1), 'a guest’s code goes (R18)').to.equal('close');
    expect(surface.showsCode).to.equal(false);
  });

  const seen: Record<string, (surface: BoardingIdPage) => Promise<unknown>> = {
    'at the services': async () => undefined,
    'before the browser asks': locating,
    'while another surface acts': async (surface) => {
      (surface.given.acting as ReturnType<typeof hands>['acting']).another(true);
      await settled(surface);
    },
  };
  for (const [name, make] of Object.entries(seen)) {
    it(`passes axe, ${name}, in both languages and themes, and fits in 320 px of large text`, () =>
      inAllLooks(async (look) => {
        const { surface } = page();
        await appear(surface, look);
        await make(surface);
        expect(await violations(surface)).to.deep.equal([]);
        surface.style.setProperty('--boarding-id-font-size', '32px');
        Object.assign(surface.style, { fontSize: '32px', width: '320px' });
        expect(surface.scrollWidth).to.be.at.most(320);
      }));
  }
});
