import { expect } from 'chai';
import { BoardingIdPopup } from '../../extension/popup/popup.ts';
import { proofKnown } from '../../extension/popup/proof-known.ts';
import type { ProofTimes } from '../../extension/stored-times.ts';
import { violations } from '../elements/audit.ts';
import { button, clear, screenIn, textOf } from '../elements/fixture.ts';
import { at, showing } from '../elements/states.ts';
import {
  appear,
  component,
  goTo,
  hands,
  inAllLooks,
  options,
  settled,
  signedIn,
  vaultContent,
} from './surface-fixture.ts';

customElements.define('boarding-id-popup', BoardingIdPopup);

const hour = 3600;
const { validUntil, renewFrom } = showing.proof;
const times: ProofTimes = { validUntil, renewFrom, clockOffset: 0 };
const ended: ProofTimes = { ...times, validUntil: at - hour, renewFrom: at - 4 * hour };
const renewable: ProofTimes = { ...times, validUntil: at + hour, renewFrom: at - 2 * hour };

function popup(change: { times?: ProofTimes; ready?: boolean } = {}) {
  const around = hands();
  if (change.times) around.area.content['times'] = change.times;
  if (change.ready) around.vault.content = vaultContent();
  const surface = new BoardingIdPopup();
  surface.given = around.given;
  return { ...around, surface };
}
const buttons = (surface: BoardingIdPopup): string[] =>
  [...surface.shadowRoot!.querySelectorAll('button')].map((each) => each.textContent.trim());

describe('what is known of a proof without asking', () => {
  it('is none, valid, renewable from 3 hours before its end (R11), or ended (R10)', () => {
    const known = (now: number) => proofKnown(times, now * 1000).status;
    expect(proofKnown(undefined, at * 1000)).to.deep.equal({ status: 'none' });
    expect(known(renewFrom - 1)).to.equal('valid');
    expect(known(renewFrom)).to.equal('renewable');
    expect(known(validUntil - 1)).to.equal('renewable');
    expect(known(validUntil)).to.equal('ended');
  });

  it('goes by the server’s clock, however wrong this one is (B3)', () => {
    const wrong = { ...times, clockOffset: -2 * hour * 1000 };
    expect(proofKnown(wrong, (validUntil + hour) * 1000).status).to.equal('renewable');
    expect(proofKnown(wrong, (validUntil + 2 * hour) * 1000).status).to.equal('ended');
  });
});

describe('the popup', () => {
  afterEach(clear);

  it('offers to apply, on the page, when no proof is known', async () => {
    const { surface, asked } = popup();
    await appear(surface);
    expect(textOf(surface)).to.include('还没有有效的证明');
    expect(buttons(surface)).to.deep.equal(['申请', '侧边栏', '设置']);
    for (const each of ['申请', '侧边栏', '设置']) button(surface, each).click();
    expect(asked).to.deep.equal(['page application', 'panel', 'options']);
  });

  it('says until when a proof is valid, and offers to view it on the page', async () => {
    const { surface, asked } = popup({ times });
    await appear(surface, { language: 'en' });
    expect(textOf(surface)).to.include('ID valid until 23 Nov 14:55');
    expect(buttons(surface)).to.deep.equal(['View', 'Side panel', 'Settings']);
    button(surface, 'View').click();
    expect(asked).to.deep.equal(['page code']);
  });

  it('R11: offers the next one as well as soon as it can be applied for', async () => {
    const { surface, asked } = popup({ times: renewable });
    await appear(surface);
    expect(buttons(surface).slice(0, 2)).to.deep.equal(['查看', '申请新的证明']);
    button(surface, '申请新的证明').click();
    expect(asked).to.deep.equal(['page application']);
  });

  it('says that a proof has ended, and offers to apply', async () => {
    const { surface } = popup({ times: ended });
    await appear(surface);
    expect(textOf(surface)).to.match(/上一份证明已到期\s*11月22日 14:07/);
    expect(buttons(surface)[0]).to.equal('申请');
  });

  it('learns at once what another surface comes to know', async () => {
    const { surface, area } = popup();
    await appear(surface);
    await area.set({ times });
    await settled(surface);
    expect(buttons(surface)[0]).to.equal('查看');
    await area.remove('times');
    await settled(surface);
    expect(buttons(surface)[0]).to.equal('申请');
  });

  it('shows a registered user’s code as soon as the component has it, and the tile until then', async () => {
    const { surface, session } = popup({ times, ready: true });
    await appear(surface, { signedIn });
    expect(component(surface), 'not yet').to.equal(undefined);
    expect(textOf(surface)).to.include('正在读取二维码');

    const shell = await goTo(surface, 'code');
    expect(component(surface)).to.equal(shell);
    expect(shell.flow.heard[0]).to.equal('open code');
    expect(shell.session).to.equal(session);
    expect(surface.shadowRoot?.querySelector('.tile')).to.equal(null);
    expect(surface.showsCode).to.equal(true);
  });

  it('shows code, seconds and both buttons without scrolling, in the 600 px that a browser gives it', () =>
    inAllLooks(async (look) => {
      const { surface } = popup({ times, ready: true });
      surface.style.width = '360px';
      await appear(surface, { ...look, signedIn });
      const shown = screenIn(await goTo(surface, 'code'));
      const { top } = surface.getBoundingClientRect();
      for (const label of look.language === 'zh' ? ['刷新', '扫码模式'] : ['Refresh', 'Scan']) {
        const { bottom } = button(shown, label).getBoundingClientRect();
        expect(bottom - top, label).to.be.at.most(600);
      }
      const { width } = shown.shadowRoot.querySelector('.symbol')!.getBoundingClientRect();
      expect(width, 'large enough to be read').to.be.at.least(290);
    }));

  it('shows help and records in front of the code, and the tile in place of anything else', async () => {
    const { surface } = popup({ times, ready: true });
    await appear(surface, { signedIn });
    for (const state of ['code', 'help', 'records'] as const) {
      await goTo(surface, state);
      expect(component(surface), state).not.to.equal(undefined);
    }
    for (const state of ['services', 'application-guest', 'liveness-explain'] as const) {
      await goTo(surface, state);
      expect(component(surface), state).to.equal(undefined);
      expect(buttons(surface)[0], state).to.equal('查看');
      expect(textOf(surface), state).not.to.include('正在读取');
      expect(textOf(surface), state).not.to.include('核验后出示');
    }
  });

  it('R18: has no component for a guest, whatever lies in the vault', async () => {
    const { surface } = popup({ times, ready: true });
    await appear(surface);
    expect(surface.shadowRoot?.querySelector('boarding-id')).to.equal(null);
  });

  it('R17: has none when the code in the vault has run out', async () => {
    const { surface, vault } = popup({ times, ready: true });
    vault.content!.grant!.expiresAt = at;
    await appear(surface, { signedIn });
    expect(surface.shadowRoot?.querySelector('boarding-id')).to.equal(null);
    expect(buttons(surface)[0]).to.equal('查看');
    expect(textOf(surface)).to.include('核验后出示二维码，不占用申请次数');
  });

  it('R18: says that a guest’s code is open elsewhere, and brings them there in one press', async () => {
    for (const known of [times, renewable]) {
      const { surface, asked, codeOpen } = popup({ times: known });
      codeOpen.is = true;
      await appear(surface);
      expect(textOf(surface)).to.include('二维码已在标签页或侧边栏中打开');
      expect(textOf(surface)).not.to.include('核验');
      expect(buttons(surface)[0]).to.equal('转到那里');
      button(surface, '转到那里').click();
      expect(asked).to.deep.equal(['go to code']);
      clear();
    }
  });

  it('learns that the code has come or gone elsewhere with the times that change by it', async () => {
    const { surface, area, codeOpen } = popup({ times });
    await appear(surface);
    codeOpen.is = true;
    await area.set({ times: { ...times, verifyBy: at + 60 } });
    await settled(surface);
    expect(buttons(surface)[0]).to.equal('转到那里');
    codeOpen.is = false;
    await area.set({ times });
    await settled(surface);
    expect(buttons(surface)[0]).to.equal('查看');
  });

  it('never acts and never asks for the place: whatever acts opens the page', async () => {
    const { surface, asked, acting } = popup({ times, ready: true });
    await appear(surface, { signedIn });
    const shell = await goTo(surface, 'code-verification-required');
    expect(await shell.surface.mayLocate(new AbortController().signal)).to.equal(false);
    expect(await shell.surface.mayAct()).to.equal(false);
    expect(acting.acts).to.equal(false);
    expect(asked).to.deep.equal(['page code']);
  });

  it('leads to the surface that acts, for as long as it does', async () => {
    const { surface, asked, acting } = popup({ times });
    await appear(surface);
    acting.another(true);
    await settled(surface);
    expect(buttons(surface)[0]).to.equal('转到那里');
    button(surface, '转到那里').click();
    expect(asked).to.deep.equal(['go where acting']);
    acting.another(false);
    await settled(surface);
    expect(buttons(surface)[0]).to.equal('查看');
  });

  it('follows language and sign-in at once', async () => {
    const { surface } = popup({ times, ready: true });
    await appear(surface, { signedIn });
    await goTo(surface, 'code');
    surface.language = 'en';
    surface.options = options({ signedIn, language: 'en' });
    await settled(surface);
    expect(component(surface)?.lang).to.equal('en');
    surface.options = options({ language: 'en' });
    await settled(surface);
    expect(surface.shadowRoot?.querySelector('boarding-id')).to.equal(null);
    expect(buttons(surface)[0]).to.equal('View');
  });

  const seen: Record<string, () => ReturnType<typeof popup>> = {
    'without a proof': () => popup(),
    'with a proof': () => popup({ times }),
    'with one that is renewable': () => popup({ times: renewable }),
    'with one that has ended': () => popup({ times: ended }),
    'while another surface acts': () => {
      const around = popup({ times });
      around.acting.elsewhere = true;
      return around;
    },
    'with a guest’s code open elsewhere': () => {
      const around = popup({ times });
      around.codeOpen.is = true;
      return around;
    },
    'while the code is read': () => popup({ times, ready: true }),
  };
  for (const [name, make] of Object.entries(seen)) {
    it(`passes axe, ${name}, in both languages and themes, and fits in 320 px of large text`, () =>
      inAllLooks(async (look) => {
        const { surface } = make();
        await appear(surface, { ...look, signedIn });
        expect(await violations(surface)).to.deep.equal([]);
        Object.assign(surface.style, { fontSize: '32px', width: '320px' });
        expect(surface.scrollWidth).to.be.at.most(320);
      }));
  }

  it('passes axe with the code, in both languages and themes', () =>
    inAllLooks(async (look) => {
      const { surface } = popup({ times, ready: true });
      await appear(surface, { ...look, signedIn });
      await goTo(surface, 'code');
      expect(await violations(surface)).to.deep.equal([]);
    }));
});
