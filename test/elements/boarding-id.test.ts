import { expect } from 'chai';
import type { BoardingIdHeader } from '../../widget/elements/header.ts';
import { zh } from '../../widget/locales/index.ts';
import { button, clear, drawn, find, screenIn, shellAt, TestShell, textOf } from './fixture.ts';
import { states } from './states.ts';

/** Resolves when the task after this one has run, as a removal's own task has by then. */
const task = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const header = (shell: TestShell): BoardingIdHeader =>
  find(shell, 'boarding-id-header') as BoardingIdHeader;

describe('boarding-id', () => {
  afterEach(clear);

  it('R2: opens at the screen its attribute names, and at 温馨服务 when it names none', async () => {
    const named = document.createElement('test-shell') as TestShell;
    named.setAttribute('screen', 'application');
    document.body.append(named);
    await named.updateComplete;
    expect(named.flow.heard).to.deep.equal(['open application']);

    const unknown = document.createElement('test-shell') as TestShell;
    unknown.setAttribute('screen', 'nowhere');
    document.body.append(unknown);
    await unknown.updateComplete;
    expect(unknown.flow.heard).to.deep.equal(['open services']);
  });

  it('R2: opens any screen when the host says so', async () => {
    const shell = await shellAt(states['services']!);
    shell.open('records');
    expect(shell.flow.heard.at(-1)).to.equal('open records');
  });

  it('takes focus to the heading of each screen that arrives', async () => {
    const shell = await shellAt(states['services']!);
    for (const [state, heading] of [
      ['application-guest', zh.headings.application],
      ['liveness-explain', zh.headings.liveness],
      ['outcome-waiting', zh.headings.waiting],
      ['outcome-quota', zh.headings.refusedApply],
      ['code', zh.headings.code],
      ['code-verification-required', zh.headings.verificationRequired],
    ] as const) {
      shell.flow.show(states[state]!);
      await drawn(shell);
      const focused = header(shell).shadowRoot!.activeElement;
      expect(focused?.tagName, state).to.equal('H1');
      expect(focused?.textContent, state).to.equal(heading);
    }
  });

  it('leaves focus where it is while a screen only changes', async () => {
    const shell = await shellAt(states['application-guest']!);
    find(screenIn(shell), '#name').focus();
    shell.flow.show(states['application-no-location']!);
    await drawn(shell);
    expect(screenIn(shell).shadowRoot.activeElement?.id).to.equal('name');
  });

  it('does not take the focus that something else in the page has when it first appears', async () => {
    const other = document.createElement('button');
    document.body.append(other);
    other.focus();
    await shellAt(states['services']!);
    expect(document.activeElement).to.equal(other);
  });

  it('has back on every screen, and help on every other than help', async () => {
    for (const [name, state] of Object.entries(states)) {
      const shell = await shellAt(state);
      const [back, help] = header(shell).shadowRoot!.querySelectorAll('button');
      back!.click();
      expect(shell.flow.heard, name).to.deep.include({ type: 'back' });
      help?.click();
      const opened = shell.flow.heard.some(
        (each) => typeof each === 'object' && each.type === 'open',
      );
      expect(opened, name).to.equal(name !== 'help');
      clear();
    }
  });

  it('R14: has the paper window in sight on every screen', async () => {
    for (const [name, state] of Object.entries(states)) {
      const shell = await shellAt(state);
      const { screen } = state;
      const refused = screen.name === 'outcome' && screen.outcome.status === 'refused';
      const place = refused ? find(screenIn(shell), 'section:last-child') : find(shell, '.way-out');
      expect(place.textContent, name).to.include('公安制证窗口');
      if (!refused) {
        expect(place.getBoundingClientRect().bottom, name).to.be.at.most(window.innerHeight + 1);
      }
      clear();
    }
  });

  it('R14: shows the paper windows last found while there is no location, and says so', async () => {
    const shell = await shellAt(states['application-blocked-location']!);
    const place = find(shell, '.way-out').textContent;
    expect(place).to.include('北京南站').and.include(zh.paper.fromBefore);
    expect(place).not.to.include(zh.paper.unknown);
  });

  it('R18: taken out of the page for longer than a task, it has left', async () => {
    const shell = await shellAt(states['code']!);
    shell.remove();
    expect(shell.flow.heard).not.to.include('close');
    await task();
    expect(shell.flow.heard).to.include('close');
  });

  it('R18: moved in the page, it has not left', async () => {
    const shell = await shellAt(states['code']!);
    const elsewhere = document.createElement('div');
    document.body.append(elsewhere);
    elsewhere.append(shell);
    await task();
    expect(shell.flow.heard).not.to.include('close');
  });

  it('opens anew when it comes back after it has left', async () => {
    const shell = await shellAt(states['code']!);
    shell.remove();
    await task();
    document.body.append(shell);
    expect(shell.flow.heard.slice(-2)).to.deep.equal(['close', 'open services']);
  });

  it('R19: passes on that the host signs out, and that someone else is signed in', async () => {
    const shell = await shellAt(states['code']!);
    await shell.signOut();
    shell.session = () => Promise.resolve('another');
    await drawn(shell);
    expect(shell.flow.heard.slice(-2)).to.deep.equal(['sign out', 'session changed']);
  });

  it('tells the host what happened, outside its shadow, in events of their own', async () => {
    const shell = await shellAt(states['code']!);
    const heard: unknown[] = [];
    document.body.addEventListener('boarding-id-issued', ({ detail }) => heard.push(detail), {
      once: true,
    });
    shell.tell({ name: 'issued', validUntil: 7 });
    expect(heard).to.deep.equal([{ validUntil: 7 }]);
  });

  it('asks the host before the traveller leaves; the host’s no is heard', async () => {
    const shell = await shellAt(states['services']!);
    const request = { name: 'close-request', source: 'screen' } as const;
    expect(shell.tell(request)).to.equal(true);
    const sources: unknown[] = [];
    shell.addEventListener('boarding-id-close-request', (event) => {
      sources.push(event.detail.source);
      event.preventDefault();
    });
    expect(shell.tell(request)).to.equal(false);
    expect(sources).to.deep.equal(['screen']);
  });

  it('only a request to close can be prevented', async () => {
    const shell = await shellAt(states['services']!);
    shell.addEventListener('boarding-id-closed', (event) => event.preventDefault());
    expect(shell.tell({ name: 'closed', reason: 'user' })).to.equal(true);
  });

  it('shows nothing from the end of a visit until the next begins', async () => {
    const shell = await shellAt(states['code']!);
    shell.tell({ name: 'closed', reason: 'finished' });
    await shell.updateComplete;
    expect(shell.shadowRoot!.textContent.trim()).to.equal('');
    shell.tell({ name: 'opened', screen: 'services' });
    await drawn(shell);
    expect(find(shell, 'section').isConnected).to.equal(true);
  });

  it('shows the host’s text for a refusal, where the refusal stands, and none for another', async () => {
    const shell = document.createElement('test-shell') as TestShell;
    const mine = document.createElement('p');
    mine.slot = 'refusal-quota-exhausted';
    mine.textContent = '本站另有人工服务';
    const others = document.createElement('p');
    others.slot = 'refusal-review-refused';
    others.textContent = '别的';
    shell.append(mine, others);
    document.body.append(shell);
    for (const name of ['outcome-quota', 'application-refused'] as const) {
      shell.flow.show(states[name]!);
      await drawn(shell);
      const { screen } = states[name]!;
      mine.slot =
        screen.name === 'application'
          ? `refusal-${screen.refusal!.code}`
          : 'refusal-quota-exhausted';
      await drawn(shell);
      expect(mine.checkVisibility(), name).to.equal(true);
      expect(others.checkVisibility(), name).to.equal(false);
    }
  });

  it('speaks the language of its attribute, and changes while it stands', async () => {
    const shell = await shellAt(states['services']!, { lang: 'en-GB' });
    expect(textOf(header(shell))).to.include('Care services');
    const arrived = new Promise<void>((resolve) => {
      new MutationObserver(() => resolve()).observe(find(shell, 'section'), { attributes: true });
    });
    shell.lang = 'zh';
    await arrived;
    await drawn(shell);
    expect(textOf(header(shell))).to.include('温馨服务');
    expect(find(shell, 'section').lang).to.equal('zh-CN');
  });

  it('announces what changed on the screen, politely', async () => {
    const shell = await shellAt(states['application-guest']!);
    const region = find(shell, '[role=status]');
    shell.flow.show(states['application-no-location']!);
    await drawn(shell);
    expect(region.textContent).to.equal(zh.location.failures.denied);
    shell.flow.show(states['code-offline']!);
    await drawn(shell);
    expect(region.textContent).to.equal(zh.refusals['no-connection'].title);
  });

  it('has no target smaller than 44 px, and fits 320 px in both languages and text sizes', async () => {
    document.body.style.width = '320px';
    document.body.style.margin = '0';
    for (const [name, state] of Object.entries(states)) {
      for (const lang of ['zh', 'en']) {
        const shell = await shellAt(state, { lang });
        for (const size of ['normal', 'large'] as const) {
          shell.textSize = size;
          await drawn(shell);
          const where = `${name} ${lang} ${size}`;
          expect(find(shell, 'section').scrollWidth, where).to.be.at.most(320);
          const roots = [shell, header(shell), screenIn(shell)];
          for (const target of roots.flatMap((root) => [
            ...root.shadowRoot!.querySelectorAll(
              'button, input:not([type=checkbox]), summary, select, .consent',
            ),
          ])) {
            const { height, width } = target.getBoundingClientRect();
            expect(Math.min(height, width), `${where} ${target.textContent}`).to.be.at.least(44);
          }
        }
        clear();
      }
    }
    document.body.removeAttribute('style');
  });

  it('passes on nothing before it is composed', () => {
    const shell = new TestShell();
    shell.close();
    expect(shell.flow.heard).to.deep.equal([]);
    expect(() => button(shell, 'any')).to.throw();
  });

  it('large text, set as a property, really is larger', async () => {
    const shell = await shellAt(states['application-guest']!);
    const size = () => Number.parseFloat(getComputedStyle(find(screenIn(shell), 'label')).fontSize);
    const usual = size();
    shell.textSize = 'large';
    await drawn(shell);
    expect(shell.getAttribute('text-size')).to.equal('large');
    expect(size()).to.be.greaterThan(usual);
  });
});
