import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { checkCharacter } from '../../widget/protocol/resident-id.ts';
import type { LocationFailure } from '../../widget/flow/state.ts';
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
import { application, at, guest, me, place, registered, showing, states } from './states.ts';

const first17 = '11999920000101002';
const number = first17 + checkCharacter(first17);
const name = '张测试';
const located = { location: { status: 'found', place } } as const;

/** Types as a traveller does; the consent box is ticked when asked for. */
async function fill(shell: TestShell, typed: { name: string; number: string; consent: boolean }) {
  const screen = screenIn(shell);
  for (const field of ['name', 'number'] as const) {
    const input = find(screen, `#${field}`) as HTMLInputElement;
    input.value = typed[field];
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
  if (typed.consent) find(screen, '#consent').click();
  await drawn(shell);
}

async function press(shell: TestShell, text: string): Promise<void> {
  button(screenIn(shell), text).click();
  await drawn(shell);
}

const submitted = (shell: TestShell) =>
  shell.flow.heard.filter((each) => typeof each === 'object' && each.type === 'submit');

describe('boarding-id-application', () => {
  afterEach(clear);
  auditStates('application');

  it('R3, R7: a guest fills in, confirms and applies', async () => {
    const shell = await shellAt(states['application-guest']!);
    await fill(shell, { name, number, consent: true });
    await press(shell, '立即申请');
    expect(submitted(shell)).to.deep.equal([
      {
        type: 'submit',
        purpose: 'apply',
        identity: { name, documentType: 'resident-id', number },
        consent: true,
      },
    ]);
  });

  it('R7: 查看 stands beside 立即申请 and needs no location', async () => {
    const shell = await shellAt({ known: guest(), screen: application });
    await fill(shell, { name, number, consent: true });
    await press(shell, '查看');
    expect(submitted(shell)).to.have.length(1);
    expect(submitted(shell)[0]).to.include({ purpose: 'view' });
  });

  it('R7: without confirming to act for themselves, a guest neither applies nor views', async () => {
    const shell = await shellAt(states['application-guest']!);
    await fill(shell, { name, number, consent: false });
    await press(shell, '立即申请');
    await press(shell, '查看');
    expect(submitted(shell)).to.deep.equal([]);
    expect(textOf(screenIn(shell))).to.include(zh.application.consentMissing);
    expect(screenIn(shell).shadowRoot.activeElement?.id).to.equal('consent');
  });

  it('R6: without a location, pressing 立即申请 says why nothing happens', async () => {
    const shell = await shellAt(states['application-no-location']!);
    await fill(shell, { name, number, consent: true });
    await press(shell, '立即申请');
    expect(submitted(shell)).to.deep.equal([]);
    expect(textOf(screenIn(shell))).to.include(zh.location.missing);
    expect(screenIn(shell).shadowRoot.activeElement?.id).to.equal('location');
  });

  it('says of each field what is wrong, in words, and takes focus to the first', async () => {
    const shell = await shellAt(states['application-guest']!);
    await fill(shell, {
      name: '',
      number: `${first17}${number.endsWith('1') ? '2' : '1'}`,
      consent: true,
    });
    await press(shell, '立即申请');
    const screen = screenIn(shell);
    for (const [field, text] of [
      ['name', zh.application.names.empty],
      ['number', zh.application.numbers['wrong-check-character']],
    ] as const) {
      const input = find(screen, `#${field}`);
      expect(input.getAttribute('aria-invalid')).to.equal('true');
      const description = find(screen, `#${input.getAttribute('aria-describedby')}`);
      expect(description.textContent).to.equal(text);
    }
    expect(screen.shadowRoot.activeElement?.id).to.equal('name');
    expect(find(screen, '#summary').textContent).to.include(zh.application.errors(2));
  });

  it('takes an error away as soon as it is mended', async () => {
    const shell = await shellAt(states['application-guest']!);
    await fill(shell, { name: '', number, consent: true });
    await press(shell, '立即申请');
    await fill(shell, { name, number, consent: false });
    expect(screenIn(shell).shadowRoot.querySelector('.error')).to.equal(null);
  });

  it('R5: another document is answered at once, and its number not asked for', async () => {
    const shell = await shellAt(states['application-guest']!);
    const select = find(screenIn(shell), 'select') as HTMLSelectElement;
    expect(select.options).to.have.length(6);
    for (let other = 1; other < 6; other++) {
      select.selectedIndex = other;
      select.dispatchEvent(new Event('change'));
      await drawn(shell);
      expect(screenIn(shell).shadowRoot.querySelector('#number')).to.equal(null);
      expect(textOf(screenIn(shell))).to.include(zh.refusals['unsupported-document'].next);
    }
  });

  it('R5: the number of a residence permit is answered as another document', async () => {
    const permit = '81000020000101002';
    const shell = await shellAt(states['application-guest']!);
    await fill(shell, { name, number: permit + checkCharacter(permit), consent: true });
    await press(shell, '立即申请');
    expect(textOf(screenIn(shell))).to.include(zh.application.numbers['other-document']);
  });

  it('R5: someone registered with a passport is told where to go, and cannot apply', async () => {
    const shell = await shellAt({
      known: registered({ ...located, me: { ...me, documentType: 'passport' } }),
      screen: application,
    });
    expect(textOf(screenIn(shell))).to.include(zh.refusals['unsupported-document'].title);
    expect(() => button(screenIn(shell), '立即申请')).to.throw();
  });

  it('R4: no field is shown before the host has said who is signed in', async () => {
    const shell = await shellAt(states['application-asking-who']!);
    expect(textOf(screenIn(shell))).to.equal(zh.loading);
    expect(screenIn(shell).shadowRoot.querySelector('input, select, button')).to.equal(null);
  });

  it('R4: a signed-in traveller sees the identity masked, types nothing, and sends nothing of it', async () => {
    const shell = await shellAt(states['application-signed-in']!);
    const screen = screenIn(shell);
    expect(screen.shadowRoot.querySelector('input, select')).to.equal(null);
    expect(textOf(screen)).to.include('张*明').and.include('11**************34');
    expect(textOf(screen)).to.include('本月还可申请 3 次');
    await press(shell, '立即申请');
    expect(submitted(shell)).to.deep.equal([
      { type: 'submit', purpose: 'apply', identity: undefined, consent: false },
    ]);
  });

  it('R11: says until when the present proof holds and from when on the next can be had', async () => {
    const shell = await shellAt(states['application-valid-proof']!);
    expect(textOf(screenIn(shell)))
      .to.include('11月23日 14:55')
      .and.include('11月23日 11:55 起可申请新的');
    expect(button(screenIn(shell), '查看').className).to.equal('main');
  });

  it('R9: says from when on one can apply again when none is left', async () => {
    const shell = await shellAt({
      known: registered({
        ...located,
        me: { ...me, applicationsLeft: 0, applicationsFrom: Date.UTC(2026, 10, 30, 16) / 1000 },
      }),
      screen: application,
    });
    expect(textOf(screenIn(shell))).to.include('12月1日 起可再次申请');
  });

  it('R9: 查看 leads where a proof is valid and none is left to renew it', async () => {
    const proof = { ...showing.proof, renewFrom: at };
    const leading = async (applicationsLeft: number) => {
      const shell = await shellAt({
        known: registered({ ...located, me: { ...me, proof, applicationsLeft } }),
        screen: application,
      });
      return find(screenIn(shell), '.main').textContent.trim();
    };
    expect(await leading(1)).to.equal('立即申请');
    expect(await leading(0)).to.equal('查看');
  });

  it('R6: shows the city, and 重新定位 asks again', async () => {
    const shell = await shellAt(states['application-guest']!);
    expect(textOf(screenIn(shell))).to.include('北京市');
    await press(shell, '重新定位');
    expect(shell.flow.heard).to.deep.include({ type: 'locate' });
  });

  for (const reason of Object.keys(zh.location.failures) as LocationFailure[]) {
    it(`R6: a location that is ${reason} has its own text and a way on`, async () => {
      const shell = await shellAt({
        known: guest({ location: { status: 'failed', reason } }),
        screen: application,
      });
      expect(textOf(screenIn(shell))).to.include(zh.location.failures[reason]);
      await press(shell, '重新定位');
      expect(shell.flow.heard).to.deep.include({ type: 'locate' });
    });
  }

  it('R18: tells a guest who has left that the proof is there, and 查看 leads', async () => {
    const shell = await shellAt(states['application-guest-proof']!);
    expect(textOf(screenIn(shell))).to.include('11月23日 14:55 前有效');
    expect(button(screenIn(shell), zh.application.view).className).to.equal('main');
    const over = await shellAt({
      known: guest({ guestProofUntil: at }),
      screen: application,
    });
    expect(textOf(screenIn(over))).not.to.include('前有效');
  });

  it('passes on what is typed, so that coming back to the form finds it', async () => {
    const shell = await shellAt(states['application-guest']!);
    find(screenIn(shell), '#name').focus();
    await sendKeys({ type: '林' });
    expect(shell.flow.heard).to.deep.include({
      type: 'fill-in',
      identity: { name: '林', documentType: 'resident-id', number: '' },
    });
  });

  it('does not send twice while an answer is awaited', async () => {
    const shell = await shellAt({
      known: registered(located),
      screen: { ...application, busy: 'apply' },
    });
    await press(shell, zh.application.busy);
    expect(submitted(shell)).to.deep.equal([]);
  });

  it('R3, R7: can be filled in and sent by keyboard alone', async () => {
    const shell = await shellAt(states['application-guest']!);
    const tab = () => sendKeys({ press: 'Tab' });
    // From the heading: help, name, document type, number, location, consent.
    await tab();
    await tab();
    await sendKeys({ type: name });
    await tab();
    await tab();
    await sendKeys({ type: number });
    await tab();
    await tab();
    await sendKeys({ press: ' ' });
    await tab();
    await sendKeys({ press: 'Enter' });
    expect(submitted(shell)).to.have.length(1);
    expect(submitted(shell)[0]).to.deep.include({
      identity: { name, documentType: 'resident-id', number },
      consent: true,
    });
  });

  it('finds what was typed when the traveller comes back', async () => {
    const draft = { name, documentType: 'resident-id', number } as const;
    const shell = await shellAt({ known: guest({ draft }), screen: application });
    expect((find(screenIn(shell), '#number') as HTMLInputElement).value).to.equal(number);
  });

  it('B7: what is typed stands in no attribute, and no event of the page carries it', async () => {
    const seen: string[] = [];
    const watch = (event: Event): void => void seen.push(event.type);
    window.addEventListener('flow-event', watch, true);
    const shell = await shellAt(states['application-guest']!);
    await fill(shell, { name, number, consent: true });
    await press(shell, '立即申请');
    expect(submitted(shell)).to.have.length(1);
    const markup = document.body.getHTML({
      shadowRoots: [
        shell.shadowRoot!,
        screenIn(shell).shadowRoot,
        find(shell, 'boarding-id-header').shadowRoot!,
      ],
    });
    expect(markup).to.include('id="number"').and.not.include(number).and.not.include(name);
    expect(seen).to.deep.equal([]);
    window.removeEventListener('flow-event', watch, true);
  });

  it('R11: says whether the next proof can be applied for already', async () => {
    const shell = await shellAt(states['application-valid-proof']!);
    expect(textOf(screenIn(shell))).to.include('起可申请新的');
    const proof = { ...showing.proof, renewFrom: at };
    shell.flow.show({ known: registered({ me: { ...me, proof } }), screen: application });
    await drawn(shell);
    expect(textOf(screenIn(shell))).to.include('现在可以申请新的');
  });
});
