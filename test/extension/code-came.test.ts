import { expect } from 'chai';
import { hearOfCode } from '../../extension/code-came.ts';
import { WrittenFlow } from '../elements/fixture.ts';
import { guest, registered, showing, states } from '../elements/states.ts';

/** How often a code has come to a flow that goes through these states. */
function came(...through: WrittenFlow['state'][]): number {
  const flow = new WrittenFlow();
  let times = 0;
  hearOfCode(flow, () => times++);
  for (const state of through) flow.show(state);
  return times;
}

const known = registered({ showing });
const at = (name: string) => states[name]!.screen;

describe('a code that was opened on another surface', () => {
  it('comes to the services and to a form that nothing has been sent from, once', () => {
    for (const screen of [at('services'), at('application-guest')]) {
      expect(came({ known: registered(), screen }, { known, screen }, { known, screen })).to.equal(
        1,
      );
    }
  });

  it('does not come to whoever reads help or proves who they are', () => {
    for (const screen of [at('help'), at('liveness-explain')]) {
      expect(came({ known: registered(), screen }, { known, screen })).to.equal(0);
    }
  });

  it('is none once it has run out, and none that this surface shows itself', () => {
    const over = registered({ showing: { ...showing, windows: [] } });
    expect(came({ known: over, screen: at('services') })).to.equal(0);
    expect(came({ known: guest({ showing }), screen: at('code') })).to.equal(0);
  });
});
