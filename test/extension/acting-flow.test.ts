import { expect } from 'chai';
import { actingFlow, isUnderWay } from '../../extension/acting-flow.ts';
import type { UserEvent } from '../../widget/flow/events.ts';
import type { Flow } from '../../widget/flow/flow.ts';
import { WrittenFlow } from '../elements/fixture.ts';
import { code, liveness, registered, showing, states } from '../elements/states.ts';
import { HandActing } from './surface-fixture.ts';

const submit: UserEvent = { type: 'submit', purpose: 'apply', identity: undefined, consent: true };
const task = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

function surface() {
  const flow = new WrittenFlow();
  flow.state = states['application-signed-in']!;
  const acting = new HandActing();
  return { flow, acting, shown: actingFlow(flow, acting, acting.begin) };
}
/** The flow comes to what its event leads to. */
function answersWith(flow: WrittenFlow, state: Flow['state']): void {
  const send = flow.send;
  Object.assign(flow, {
    send: (event: UserEvent) => {
      send(event);
      flow.show(state);
    },
  });
}
const busy = {
  known: registered(),
  screen: { name: 'application', busy: 'apply', refusal: undefined },
} as const;

describe('the flow of a surface', () => {
  for (const event of [submit, { type: 'start-liveness' }, { type: 'verify-again' }] as const) {
    it(`holds ${event.type} back while another surface acts`, async () => {
      const { flow, acting, shown } = surface();
      acting.elsewhere = true;
      shown.send(event);
      await task();
      expect(flow.heard).to.deep.equal([]);
      acting.elsewhere = false;
      shown.send(event);
      await task();
      expect(flow.heard).to.deep.equal([event]);
    });
  }

  it('passes on at once what only looks, goes on or goes back', () => {
    const { flow, acting, shown } = surface();
    acting.elsewhere = true;
    const events: UserEvent[] = [
      { type: 'open', screen: 'records' },
      { type: 'back' },
      { type: 'locate' },
      { type: 'refresh' },
      { type: 'retry' },
      { type: 'scan-mode', on: true },
    ];
    for (const event of events) shown.send(event);
    expect(flow.heard).to.deep.equal(events);
  });

  it('acts from the submission to the code, and no longer', async () => {
    const { flow, acting, shown } = surface();
    answersWith(flow, busy);
    shown.send(submit);
    await task();
    expect(acting.acts).to.equal(true);
    flow.show(states['liveness-explain']!);
    flow.show(states['outcome-waiting']!);
    flow.show(states['outcome-unconfirmed']!);
    expect(acting.acts, 'no answer yet').to.equal(true);
    flow.show(states['code']!);
    expect(acting.acts).to.equal(false);
  });

  it('acts no more when the form itself refuses, or the review takes its time', async () => {
    const { flow, acting, shown } = surface();
    answersWith(flow, states['application-refused']!);
    shown.send(submit);
    await task();
    expect(acting.acts).to.equal(false);

    await acting.begin();
    flow.show(states['outcome-pending']!);
    expect(acting.acts).to.equal(false);
  });

  it('acts on while help or records are in front of a check', async () => {
    const { acting, flow } = surface();
    await acting.begin();
    const help = { name: 'help', behind: liveness } as const;
    flow.show({ known: registered(), screen: help });
    expect(acting.acts).to.equal(true);
    flow.show({ known: registered(), screen: { ...help, behind: busy.screen } });
    expect(acting.acts).to.equal(true);
  });

  it('acts no more when the traveller goes back, or the component closes', async () => {
    const { flow, acting, shown } = surface();
    await acting.begin();
    flow.show(states['services']!);
    expect(acting.acts, 'left').to.equal(false);

    flow.state = states['liveness-explain']!;
    await acting.begin();
    shown.close();
    expect(acting.acts, 'closed').to.equal(false);
    expect(flow.heard).to.deep.equal(['close']);
  });

  it('acts while a new check is asked for from the code, not while the code is refreshed', () => {
    const known = registered({ showing });
    const screen = { ...code, refreshing: true };
    expect(isUnderWay({ screen })).to.equal(false);
    expect(isUnderWay({ screen: { ...screen, status: 'verification-required' } })).to.equal(true);
    expect(known.showing).to.equal(showing);
  });

  it('is otherwise the flow itself', async () => {
    const { flow, shown } = surface();
    shown.open('help');
    shown.sessionChanged();
    await shown.signOut();
    expect(flow.heard).to.deep.equal(['open help', 'session changed', 'sign out']);
    expect(shown.state).to.equal(flow.state);
    expect(shown.serverNow()).to.equal(flow.time);
  });
});
