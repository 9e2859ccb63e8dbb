import { expect } from 'chai';
import { keepTimes } from '../../extension/known-times.ts';
import { storedTimes } from '../../extension/stored-times.ts';
import { WrittenFlow } from '../elements/fixture.ts';
import { at, guest, me, registered, showing, states } from '../elements/states.ts';
import { MemoryArea } from './surface-fixture.ts';

const { validUntil, renewFrom } = showing.proof;
const screen = states['services']!.screen;

const ended = { ...showing, windows: [], endedEarly: true } as const;
/** What had to be read first is written. */
const settled = () => new Promise((resolve) => setTimeout(resolve));

function kept() {
  const area = new MemoryArea();
  const flow = new WrittenFlow();
  const writings: unknown[] = [];
  area.onChanged.addListener(({ times }) => writings.push(times?.newValue));
  // This clock is an hour behind the server's (B3).
  const page = { shows: true };
  keepTimes(
    flow,
    () => flow.time - 3_600_000,
    storedTimes(area),
    () => page.shows,
  );
  return { area, flow, writings, page };
}

describe('the times of the proof, for reminders', () => {
  it('are those of the code, with the end of the 30 minutes and how far this clock is off', () => {
    const { area, flow } = kept();
    flow.show({ known: registered({ showing }), screen });
    expect(area.content['times']).to.deep.equal({
      renewFrom,
      validUntil,
      verifyBy: showing.grantExpiresAt,
      clockOffset: 3_600_000,
    });
  });

  it('are those that the issuer says of whoever is signed in, without a code', () => {
    const { area, flow } = kept();
    flow.show({ known: registered({ me: { ...me, proof: showing.proof } }), screen });
    expect(area.content['times']).to.deep.equal({ renewFrom, validUntil, clockOffset: 3_600_000 });
  });

  it('have no end of a check any more when the code is gone', () => {
    const { area, flow } = kept();
    flow.show({ known: registered({ showing }), screen });
    flow.show({ known: registered({ showing: { ...showing, windows: [] } }), screen });
    expect(area.content['times']).not.to.have.property('verifyBy');
    expect(area.content['times']).to.include({ validUntil });
  });

  it('are written once for as long as they are the same, a drifting clock aside', () => {
    const { flow, writings } = kept();
    const known = registered({ showing });
    for (let second = 0; second < 5; second++) {
      flow.time = (at + second) * 1000 + second * 10;
      flow.show({ known: { ...known }, screen });
    }
    expect(writings).to.have.length(1);
  });

  it('stay when a flow has only begun, or a guest is looked at of whom nothing is known', () => {
    const { flow, writings } = kept();
    flow.show({ known: guest({ registered: undefined }), screen });
    flow.show({ known: guest(), screen });
    expect(writings).to.deep.equal([]);
  });

  it('stay cleared when a flow that nobody sees any more hears of a proof (R19)', () => {
    const { flow, writings, page } = kept();
    page.shows = false;
    flow.show({ known: registered({ me: { ...me, proof: showing.proof } }), screen });
    expect(writings).to.deep.equal([]);
  });

  it('of a guest go when somebody signs in, be anything known of them or not', () => {
    for (const next of [registered(), registered({ me })]) {
      const { area, flow } = kept();
      flow.show({ known: guest({ showing }), screen });
      flow.show({ known: guest({ guestProofUntil: validUntil }), screen });
      flow.show({ known: { ...next, guestProofUntil: validUntil }, screen });
      expect(area.content).to.deep.equal({});
    }
  });

  it('stay when a guest leaves, but for the code, which has gone (R18)', () => {
    const { area, flow } = kept();
    flow.show({ known: guest({ showing }), screen });
    flow.show({ known: guest({ guestProofUntil: validUntil }), screen });
    expect(area.content['times']).to.deep.equal({ renewFrom, validUntil, clockOffset: 3_600_000 });
  });

  it('stay with whoever has verified elsewhere, when by that the code has ended here', async () => {
    const { area, flow } = kept();
    flow.show({ known: guest({ showing }), screen });
    const theirs = { renewFrom, validUntil, verifyBy: showing.grantExpiresAt + 60, clockOffset: 0 };
    await area.set({ times: theirs });
    flow.show({ known: guest({ showing: ended }), screen });
    await settled();
    expect(area.content['times']).to.deep.equal(theirs);
  });

  it('have no end of a check any more when the issuer has ended the code', async () => {
    const { area, flow } = kept();
    flow.show({ known: registered({ showing }), screen });
    flow.show({ known: registered({ showing: ended }), screen });
    await settled();
    expect(area.content['times']).not.to.have.property('verifyBy');
    expect(area.content['times']).to.include({ validUntil });
  });

  it('go when a user signs out', () => {
    const { area, flow } = kept();
    flow.show({ known: registered({ showing }), screen });
    flow.show({ known: guest({ registered: undefined }), screen });
    expect(area.content).not.to.have.property('times');
  });

  it('go when the issuer knows of no proof', () => {
    const { area, flow } = kept();
    area.content['times'] = { renewFrom, validUntil, clockOffset: 0 };
    flow.show({ known: registered(), screen });
    expect(area.content).not.to.have.property('times');
  });

  it('say nothing of anybody (B7)', () => {
    const { area, flow } = kept();
    flow.show({ known: registered({ showing }), screen });
    expect(Object.values(area.content['times'] as object)).to.satisfy((values: unknown[]) =>
      values.every((each) => typeof each === 'number'),
    );
  });
});
