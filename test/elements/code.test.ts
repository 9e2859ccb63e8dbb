import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import type { UserEvent } from '../../widget/flow/events.ts';
import { zh } from '../../widget/locales/index.ts';
import { auditStates } from './audit.ts';
import {
  button,
  clear,
  drawn,
  find,
  screenIn,
  shellAt,
  textOf,
  type TestShell,
} from './fixture.ts';
import { at, code, codeText, confirmed, guest, registered, showing, states } from './states.ts';

/** The code that is drawn, or none. */
const shown = (shell: TestShell): string | undefined =>
  screenIn(shell).shadowRoot.querySelector<HTMLElement & { code: string }>('boarding-id-qr')?.code;

/** Until it has left scan mode; the browser takes its time to leave the full screen. */
const leftScanMode = ({ flow }: TestShell): Promise<void> =>
  new Promise((resolve) => {
    const heard = (event: unknown) => JSON.stringify(event) === '{"type":"scan-mode","on":false}';
    if (flow.heard.some(heard)) return resolve();
    const { send } = flow;
    Object.assign(flow, {
      send: (event: UserEvent) => {
        send.call(flow, event);
        if (heard(event)) resolve();
      },
    });
  });

/** Presses a button by the keyboard, and waits for what the page hears of it. */
async function pressFor(event: string, pressed: HTMLElement): Promise<void> {
  const heard = new Promise((resolve) => {
    document.addEventListener(event, resolve, { once: true });
  });
  pressed.focus();
  await sendKeys({ press: 'Enter' });
  await heard;
}

/** A shell whose scan mode fills the screen, as it does when somebody has pressed its button. */
async function fullScreen(): Promise<TestShell> {
  const shell = await shellAt(states['code']!);
  const { send } = shell.flow;
  Object.assign(shell.flow, {
    send: (event: UserEvent) => {
      send(event);
      if (event.type === 'scan-mode') shell.flow.show(states[event.on ? 'code-scan' : 'code']!);
    },
  });
  await pressFor('fullscreenchange', button(screenIn(shell), zh.code.scan));
  expect(document.fullscreenElement).to.equal(shell);
  return shell;
}

/** What the screen shows at another instant, seconds since the epoch. */
async function atInstant(shell: TestShell, instant: number): Promise<void> {
  shell.flow.time = instant * 1000;
  screenIn(shell).requestUpdate();
  await drawn(shell);
}

/** As `atInstant`, but nobody asks for it: the second itself begins. @returns what has changed in the screen */
async function secondBegins(shell: TestShell, instant: number): Promise<MutationRecord[]> {
  await atInstant(shell, instant - 0.01);
  const changes = new Promise<MutationRecord[]>((resolve) => {
    new MutationObserver(resolve).observe(screenIn(shell).shadowRoot, {
      attributes: true,
      characterData: true,
      childList: true,
      subtree: true,
    });
  });
  shell.flow.time = instant * 1000;
  const changed = await changes;
  await drawn(shell);
  return changed;
}

describe('boarding-id-code', () => {
  afterEach(clear);
  auditStates('code');

  it('R15: shows the code of this minute and the seconds it has left', async () => {
    const shell = await shellAt(states['code']!);
    expect(shown(shell)).to.equal(codeText(0));
    expect(textOf(screenIn(shell))).to.include('42 秒 后自动更新');
    await atInstant(shell, at + 41);
    expect(shown(shell)).to.equal(codeText(0));
    await atInstant(shell, at + 42);
    expect(shown(shell)).to.equal(codeText(1));
    expect(textOf(screenIn(shell))).to.include('60 秒');
  });

  it('R15: redraws by itself as the second changes', async () => {
    const shell = await shellAt(states['code']!);
    shell.flow.time = (at + 42) * 1000 + 990;
    screenIn(shell).requestUpdate();
    await drawn(shell);
    shell.flow.time = (at + 43) * 1000;
    const drawing = new Promise<void>((resolve) => {
      new MutationObserver(() => resolve()).observe(find(screenIn(shell), '.left'), {
        characterData: true,
        subtree: true,
        childList: true,
      });
    });
    await drawing;
    expect(textOf(screenIn(shell))).to.include('59 秒');
  });

  it('R15: a second changes its digits and the ring, and nothing else', async () => {
    const shell = await shellAt(states['code']!);
    const changed = await secondBegins(shell, at + 1);
    const places = changed.map(({ target }) =>
      target instanceof Text ? target.parentElement?.dataset['second'] : target.nodeName,
    );
    expect(places).to.deep.equal(['left', 'clock', 'path']);
    expect(textOf(screenIn(shell)))
      .to.include('41 秒')
      .and.include('15:07:43');
  });

  it('R15: the digits stand on one line with what is around them, and take the same room in any second', async () => {
    const shell = await shellAt(states['code']!);
    const foot = (element: Element): number => {
      const mark = document.createElement('span');
      mark.style.cssText = 'display: inline-block; width: 0; height: 0';
      element.append(mark);
      const { bottom } = mark.getBoundingClientRect();
      mark.remove();
      return bottom;
    };
    for (const line of ['.left', '.moving']) {
      const digits = find(screenIn(shell), `${line} [data-second]`);
      const words = find(screenIn(shell), `${line} strong`);
      expect(Math.abs(foot(digits) - foot(words)), line).to.be.below(0.3);
      const before = words.getBoundingClientRect().width;
      await secondBegins(shell, at + 33);
      expect(words.getBoundingClientRect().width, line).to.equal(before);
    }
  });

  it('whatever else time changes is drawn as its second begins', async () => {
    const renewFrom = at + 100;
    const proof = { ...showing.proof, renewFrom };
    const shell = await shellAt({
      known: guest({ showing: { ...showing, proof }, confirmed }),
      screen: code,
    });
    button(screenIn(shell), zh.code.show).click();
    await drawn(shell);
    await secondBegins(shell, at + 5);
    expect(textOf(screenIn(shell))).not.to.include(confirmed.number);
    await secondBegins(shell, at + 18);
    expect(textOf(screenIn(shell))).to.include('15:08:00');
    await secondBegins(shell, at + 42);
    expect(shown(shell)).to.equal(codeText(1));
    expect(textOf(screenIn(shell))).to.include('17 分钟后');
    await secondBegins(shell, renewFrom);
    expect(textOf(screenIn(shell))).to.include(zh.code.renew);
    await secondBegins(shell, at + 162);
    expect(shown(shell)).to.equal(undefined);
  });

  it('R15: the ring has as much left as the code', async () => {
    const shell = await shellAt(states['code']!);
    const offset = () =>
      find(screenIn(shell), '[stroke-dashoffset]').getAttribute('stroke-dashoffset');
    expect(offset()).to.equal('-0.300');
    await atInstant(shell, at + 12);
    expect(offset()).to.equal('-0.500');
  });

  it('R15: a rotation is not announced', async () => {
    const shell = await shellAt(states['code']!);
    const region = find(shell, '[role=status]');
    const before = region.textContent;
    await atInstant(shell, at + 42);
    shell.flow.show({ ...states['code']! });
    await drawn(shell);
    expect(region.textContent).to.equal(before).and.equal('');
    expect(screenIn(shell).shadowRoot.querySelector('[aria-live], [role=status]')).to.equal(null);
  });

  it('B1: has no blank second before the first window opens: the phone’s guess is behind', async () => {
    const shell = await shellAt(states['code']!);
    await atInstant(shell, at - 19);
    expect(shown(shell)).to.equal(codeText(0));
    expect(textOf(screenIn(shell))).to.include('60 秒');
  });

  it('never shows a code after its window', async () => {
    const shell = await shellAt(states['code']!);
    await atInstant(shell, at + 162);
    expect(shown(shell)).to.equal(undefined);
    expect(textOf(screenIn(shell))).to.include(zh.code.empty);
  });

  it('R16: 刷新 asks for a new code', async () => {
    const shell = await shellAt(states['code']!);
    button(screenIn(shell), '刷新').click();
    expect(shell.flow.heard).to.deep.include({ type: 'refresh' });
  });

  it('shows whose it is, masked, and what holds: R10, R11, R17', async () => {
    const text = textOf(screenIn(await shellAt(states['code']!)));
    for (const words of [
      '张*明',
      '11**************34',
      'K7QF-3M2X-9TVD',
      '有效期至 11月23日 14:55',
      '可提前申请 11月23日 11:55 起',
      '再次核验 18 分钟后',
    ]) {
      expect(text.replaceAll(' ', '')).to.include(words.replaceAll(' ', ''));
    }
  });

  it('B7: what a guest typed shows for 5 seconds when asked for, and masks itself again', async () => {
    const shell = await shellAt({ known: guest({ showing, confirmed }), screen: code });
    const isShown = () => textOf(screenIn(shell)).includes(confirmed.number);
    expect(isShown()).to.equal(false);
    button(screenIn(shell), zh.code.show).click();
    await drawn(shell);
    expect(isShown()).to.equal(true);
    expect(textOf(screenIn(shell))).to.include(confirmed.name);
    await atInstant(shell, at + 5);
    expect(isShown()).to.equal(false);

    button(screenIn(shell), zh.code.show).click();
    await drawn(shell);
    button(screenIn(shell), zh.code.hide).click();
    await drawn(shell);
    expect(isShown()).to.equal(false);
  });

  it('R4: of a registered user there is nothing to show', async () => {
    const screen = screenIn(await shellAt(states['code']!));
    expect(() => button(screen, zh.code.show)).to.throw();
  });

  it('R18: says what leaving costs, to a guest and where the browser keeps nothing', async () => {
    for (const [known, words] of [
      [guest({ showing, confirmed }), zh.code.guestRule],
      [registered({ showing, storageRefused: true }), zh.code.storageRefused],
    ] as const) {
      const shell = await shellAt({ known, screen: code });
      expect(textOf(screenIn(shell))).to.include(words);
      clear();
    }
    const kept = await shellAt(states['code']!);
    expect(textOf(screenIn(kept))).not.to.include(zh.code.guestRule);
  });

  it('R17, R20: after the deadline the code is gone, and verifying again uses no application', async () => {
    const shell = await shellAt(states['code-verification-required']!);
    expect(shown(shell)).to.equal(undefined);
    expect(textOf(screenIn(shell))).to.include('不占用申请次数');
    button(screenIn(shell), '再次核验').click();
    expect(shell.flow.heard).to.deep.include({ type: 'verify-again' });
  });

  it('R17: says truly that a code has ended early, and not that its time is up', async () => {
    const known = registered({ showing: { ...showing, windows: [], endedEarly: true } });
    const screen = { ...code, status: 'verification-required' } as const;
    const shell = await shellAt({ known, screen });
    const spoken = shell.shadowRoot?.querySelector('.announcement')?.textContent;
    for (const words of [textOf(screenIn(shell)), spoken]) {
      expect(words).to.include('提前失效').and.to.include('不占用申请次数');
      expect(words).not.to.include('已满时限');
    }
    button(screenIn(shell), '再次核验').click();
    expect(shell.flow.heard).to.deep.include({ type: 'verify-again' });
  });

  it('R21: says what the code is good for, multi-ride and period tickets included', async () => {
    const text = textOf(screenIn(await shellAt(states['code']!)));
    for (const use of [
      '售票',
      '退票',
      '改签',
      '实名制核验',
      '进出站',
      '车上验票',
      '计次票',
      '定期票',
    ]) {
      expect(text).to.include(use);
    }
  });

  it('R11: from 3 hours before the end it leads to the next application, and not before', async () => {
    const shell = await shellAt(states['code']!);
    const renewFrom = at + 3600;
    const renewable = { ...showing, proof: { ...showing.proof, renewFrom } };
    shell.flow.show({ known: registered({ showing: renewable }), screen: code });
    await drawn(shell);
    expect(textOf(screenIn(shell))).not.to.include('申请新的证明');
    await atInstant(shell, renewFrom);
    button(screenIn(shell), '申请新的证明').click();
    expect(shell.flow.heard).to.deep.include({ type: 'open', screen: 'application' });
  });

  it('R23: leads a registered user to the records', async () => {
    const shell = await shellAt(states['code']!);
    button(screenIn(shell), '申请记录').click();
    expect(shell.flow.heard).to.deep.include({ type: 'open', screen: 'records' });
  });

  it('R22: a proof that ended leaves two ways, applying again and the staffed lane', async () => {
    const shell = await shellAt(states['code-proof-ended']!);
    expect(shown(shell)).to.equal(undefined);
    expect(textOf(screenIn(shell))).to.include('人工通道');
    button(screenIn(shell), '重新申请').click();
    expect(shell.flow.heard).to.deep.include({ type: 'open', screen: 'application' });
  });

  it('B1: offline, it says for how long the codes last, and after a reload that times may be wrong', async () => {
    const text = textOf(screenIn(await shellAt(states['code-offline']!)));
    expect(text).to.include('还可自动更新 3 分钟').and.include(zh.code.offlineClock);
    expect(text).to.include(zh.code.offlineRefresh);
  });

  it('tells the time to the second, which a screenshot cannot', async () => {
    const shell = await shellAt(states['code']!);
    expect(textOf(screenIn(shell))).to.include('15:07:42');
    await atInstant(shell, at + 1);
    expect(textOf(screenIn(shell))).to.include('15:07:43');
  });

  it('scan mode fills the screen with white, and a button leaves it', async () => {
    const shell = await shellAt(states['code']!);
    button(screenIn(shell), '扫码模式').click();
    expect(shell.flow.heard).to.deep.include({ type: 'scan-mode', on: true });
    shell.flow.show(states['code-scan']!);
    await drawn(shell);
    const dialog = find(screenIn(shell), 'dialog') as HTMLDialogElement;
    expect(dialog.matches(':modal')).to.equal(true);
    expect(getComputedStyle(dialog).backgroundColor).to.equal('rgb(255, 255, 255)');
    expect(dialog.getBoundingClientRect().width).to.equal(document.documentElement.clientWidth);
    button(screenIn(shell), '退出扫码模式').click();
    await leftScanMode(shell);
    shell.flow.show(states['code']!);
    await drawn(shell);
    expect(screenIn(shell).shadowRoot.querySelector('dialog')).to.equal(null);
  });

  it('scan mode asks the browser for the full screen, and works as well where it is refused or missing', async () => {
    const { prototype } = HTMLDivElement;
    let asked = 0;
    for (const answer of [
      () => Promise.resolve(),
      () => Promise.reject(new TypeError('refused')),
      undefined,
    ]) {
      const requestFullscreen = answer && (() => (asked++, answer()));
      Object.defineProperty(prototype, 'requestFullscreen', {
        value: requestFullscreen,
        configurable: true,
      });
      const shell = await shellAt(states['code-scan']!);
      expect((find(screenIn(shell), 'dialog') as HTMLDialogElement).open).to.equal(true);
      await drawn(shell);
      shell.flow.show(states['code']!);
      await drawn(shell);
      expect(screenIn(shell).shadowRoot.querySelector('dialog')).to.equal(null);
      clear();
    }
    Reflect.deleteProperty(prototype, 'requestFullscreen');
    expect(asked).to.equal(2);
  });

  it('scan mode really fills the screen after a press, and leaves it with its button', async () => {
    const shell = await fullScreen();
    await pressFor('fullscreenchange', button(screenIn(shell), zh.code.exitScan));
    expect(document.fullscreenElement).to.equal(null);
    expect(screenIn(shell).shadowRoot?.activeElement).to.equal(
      button(screenIn(shell), zh.code.scan),
    );
  });

  it('scan mode ends with the full screen, of whose end by Escape the page hears nothing else', async () => {
    const shell = await fullScreen();
    await document.exitFullscreen();
    await leftScanMode(shell);
    await drawn(shell);
    expect(screenIn(shell).shadowRoot.querySelector('dialog')).to.equal(null);
  });

  it('scan mode that does not fill the screen is left with Escape', async () => {
    // A page that has been pressed not long ago, as by the test before, would get it.
    const { prototype } = HTMLDivElement;
    Object.defineProperty(prototype, 'requestFullscreen', { value: undefined, configurable: true });
    const shell = await shellAt(states['code-scan']!);
    Reflect.deleteProperty(prototype, 'requestFullscreen');
    await sendKeys({ press: 'Escape' });
    await leftScanMode(shell);
  });

  it('without a code there is no scan mode', async () => {
    const shell = await shellAt({
      known: registered({ showing: { ...showing, windows: [] } }),
      screen: { ...code, scan: true },
    });
    expect(screenIn(shell).shadowRoot.querySelector('dialog')).to.equal(null);
  });
});
