import { expect } from 'chai';
import type { OwnLedger } from '../../mock-server/gate/page/own-ledger.ts';
import { policy } from '../../widget/protocol/policy.ts';
import { createIssuer, makeKey, noon, ticket } from './test-issuer.ts';
import { freshLedger, openGate, verdictOn } from './test-gate.ts';

describe('gate', () => {
  it('admits a fresh code at entry and has the issuer write it down (R21)', async () => {
    const issuer = await createIssuer();
    const { gate } = await openGate(issuer);
    expect(await verdictOn(gate, await issuer.mint(0))).to.equal('pass');
    expect(gate.state.connection).to.equal('shared');
    expect(issuer.requests).to.include('POST /v1/admissions');
    expect(gate.state.display).to.deep.include({ kind: 'pass', alone: false });
  });

  for (const online of [true, false]) {
    const where = online ? 'between gates that share a ledger' : 'alone, without a network';
    it(`catches the code again and the holder's next code, ${where} (B2)`, async () => {
      const issuer = await createIssuer();
      const { gate } = await openGate(issuer);
      issuer.online = online;
      const code = await issuer.mint(0);
      expect(await verdictOn(gate, code)).to.equal('pass');
      issuer.at += policy.repeatSeconds;
      expect(await verdictOn(gate, code), 'the scanner reads twice').to.equal('pass');
      issuer.at += 1;
      expect(await verdictOn(gate, code)).to.equal('already-used U2');
      expect(await verdictOn(gate, await issuer.mint(1))).to.equal('already-entered U3');
    });
  }

  it('catches at one gate what another one admitted', async () => {
    const issuer = await createIssuer();
    const { gate: first } = await openGate(issuer);
    const { gate: second } = await openGate(issuer, { post: { lane: '2' } });
    const code = await issuer.mint(0);
    expect(await verdictOn(first, code)).to.equal('pass');
    expect(await verdictOn(second, code)).to.equal('already-used U2');
  });

  it('goes on with the network off and says that it is alone (B2)', async () => {
    const issuer = await createIssuer();
    const { gate } = await openGate(issuer);
    issuer.online = false;
    expect(await verdictOn(gate, await issuer.mint(0))).to.equal('pass');
    expect(gate.state.connection).to.equal('alone');
    expect(gate.state.display).to.deep.include({ kind: 'pass', alone: true });
  });

  it('is shared again once the issuer answers, and asks for it by itself', async () => {
    const issuer = await createIssuer();
    const { gate, timers } = await openGate(issuer);
    issuer.online = false;
    await gate.judge(await issuer.mint(0));
    expect(gate.state.connection).to.equal('alone');
    issuer.online = true;
    const refreshed = new Promise<void>((resolve) => {
      const stop = gate.subscribe(() => {
        if (gate.state.connection !== 'shared') return;
        stop();
        resolve();
      });
    });
    timers.runOut(10_000);
    await refreshed;
    expect(gate.state.connection).to.equal('shared');
  });

  it('does not admit online the single ticket that it admitted alone', async () => {
    const issuer = await createIssuer();
    const { gate } = await openGate(issuer);
    issuer.online = false;
    const code = await issuer.mint(0);
    expect(await verdictOn(gate, code)).to.equal('pass');
    issuer.online = true;
    await gate.refresh();
    issuer.at += 10;
    expect(await verdictOn(gate, await issuer.mint(1))).to.equal('already-entered U3');
  });

  it('remembers alone what was admitted while the issuer was there', async () => {
    const issuer = await createIssuer();
    const { gate } = await openGate(issuer);
    await gate.judge(await issuer.mint(0));
    issuer.online = false;
    expect(await verdictOn(gate, await issuer.mint(1))).to.equal('already-entered U3');
  });

  it('leaves a multi-ride ticket to the issuer, who knows of exits elsewhere (R21)', async () => {
    const issuer = await createIssuer();
    issuer.tickets = [ticket({ kind: 'multi-ride', rides: 5, to: 'tianjin' })];
    const { gate } = await openGate(issuer);
    const { gate: elsewhere } = await openGate(issuer, {
      post: { station: 'tianjin', purpose: 'exit' },
    });
    expect(await verdictOn(gate, await issuer.mint(0))).to.equal('pass');
    expect(await verdictOn(elsewhere, await issuer.mint(1))).to.equal('pass');
    expect(await verdictOn(gate, await issuer.mint(2))).to.equal('pass');
  });

  it('fetches the keys once more for a kid it does not know, and only once', async () => {
    const issuer = await createIssuer();
    const { gate } = await openGate(issuer);
    const key = await makeKey('c2', 'bid');
    const fetches = (): number =>
      issuer.requests.filter((request) => request.endsWith('jwks.json')).length;
    const before = fetches();
    expect(await verdictOn(gate, await issuer.mint(0, { key }))).to.equal('unknown-key A4');
    expect(fetches() - before).to.equal(1);
    issuer.published.push(key);
    expect(await verdictOn(gate, await issuer.mint(0, { key }))).to.equal('pass');
    expect(fetches() - before).to.equal(2);
  });

  it('asks anew for the tickets before it says that there is none: one may just have been bought', async () => {
    const issuer = await createIssuer();
    const [bought] = issuer.tickets;
    issuer.tickets = [];
    const { gate } = await openGate(issuer);
    expect(await verdictOn(gate, await issuer.mint(0))).to.equal('no-ticket T2');
    if (bought) issuer.tickets = [bought];
    expect(await verdictOn(gate, await issuer.mint(0))).to.equal('pass');
  });

  it('fails closed at entry on a denylist that is too old, and says the way out at exit', async () => {
    const issuer = await createIssuer();
    const { gate } = await openGate(issuer);
    const code = await issuer.mint(0);
    expect(await verdictOn(gate, code)).to.equal('pass');
    issuer.online = false;
    issuer.at += policy.denylistMaximumSeconds + 1;
    expect(await verdictOn(gate, await issuer.mint(1))).to.equal('denylist-stale D3');
    await gate.choose({ purpose: 'counter' });
    expect(await verdictOn(gate, await issuer.mint(1))).to.equal('pass');
  });

  it('fetches the lists anew where a stale one is the only hindrance', async () => {
    const issuer = await createIssuer();
    const { gate } = await openGate(issuer);
    issuer.at += policy.denylistMaximumSeconds + 1;
    expect(await verdictOn(gate, await issuer.mint(0))).to.equal('pass');
  });

  it('refuses a withdrawn grant by its list alone (R12)', async () => {
    const issuer = await createIssuer();
    issuer.revoked = ['grant123'];
    const { gate } = await openGate(issuer);
    issuer.online = false;
    expect(await verdictOn(gate, await issuer.mint(0))).to.equal('revoked D2');
  });

  it('gives the other reasons of the list, each with its code (B10)', async () => {
    const issuer = await createIssuer();
    const { gate } = await openGate(issuer);
    const code = await issuer.mint(0);
    const forged = await issuer.mint(0, { key: { ...(await makeKey('c1', 'bid')) } });
    expect(await verdictOn(gate, 'nonsense')).to.equal('malformed A2');
    expect(await verdictOn(gate, await issuer.signDenylist())).to.equal('unsupported A3');
    expect(await verdictOn(gate, forged)).to.equal('bad-signature A5');
    expect(await verdictOn(gate, await issuer.mint(0, { from: 11 }))).to.equal('not-yet-valid C2');
    expect(await verdictOn(gate, await issuer.mint(0, { from: -71 }))).to.equal('expired C3');
    expect(gate.state.display).to.deep.include({ secondsOff: 11 });
    await gate.choose({ train: 'G915' });
    expect(await verdictOn(gate, code)).to.equal('wrong-train T3');
    await gate.choose({ train: 'G901' });
    expect(await verdictOn(gate, code), 'refusals have burned nothing').to.equal('pass');
    await gate.choose({ station: 'shanghai-hongqiao', purpose: 'exit', train: undefined });
    expect(await verdictOn(gate, await issuer.mint(1))).to.equal('pass');
    expect(await verdictOn(gate, await issuer.mint(2))).to.equal('not-entered U4');
  });

  it('looks at a code without consuming it where it only checks', async () => {
    const issuer = await createIssuer();
    const { gate } = await openGate(issuer, { post: { purpose: 'onboard' } });
    const code = await issuer.mint(0);
    for (const purpose of ['onboard', 'check', 'counter', 'counter'] as const) {
      await gate.choose({ purpose });
      expect(await verdictOn(gate, code), purpose).to.equal('pass');
    }
    expect(issuer.requests).not.to.include('POST /v1/admissions');
    await gate.choose({ purpose: 'entry' });
    expect(await verdictOn(gate, code)).to.equal('pass');
  });

  it('judges alone, and names the failure, when the issuer refuses its credential', async () => {
    const issuer = await createIssuer();
    const { gate } = await openGate(issuer, { credential: 'of-somebody-else' });
    expect(gate.state.lists.denylist.failure).to.equal('refused');
    expect(await verdictOn(gate, await issuer.mint(0))).to.equal('denylist-stale D3');
  });

  it('returns to scanning by itself, sooner after a pass than after a refusal', async () => {
    const issuer = await createIssuer();
    const { gate, timers } = await openGate(issuer);
    await gate.judge(await issuer.mint(0));
    timers.runOut(3_000);
    expect(gate.state.display).to.equal(undefined);
    await gate.judge('nonsense');
    timers.runOut(3_000);
    expect(gate.state.display?.kind).to.equal('refused');
    timers.runOut(7_000);
    expect(gate.state.display).to.equal(undefined);
  });

  it('judges one text after the other, however fast they come', async () => {
    const issuer = await createIssuer();
    const { gate } = await openGate(issuer);
    const seen: string[] = [];
    gate.subscribe(() => {
      const { display, judging } = gate.state;
      if (display && !judging)
        seen.push(display.kind === 'refused' ? display.reason : display.kind);
    });
    const [first, second] = [await issuer.mint(0), await issuer.mint(1)];
    await Promise.all([gate.judge(first), gate.judge(second)]);
    expect(seen).to.deep.equal(['pass', 'already-entered']);
  });

  it('tolerates its own clock 10 s off and reports what is beyond (B3)', async () => {
    const issuer = await createIssuer();
    const { gate } = await openGate(issuer, { ahead: 10 });
    issuer.online = false;
    expect(await verdictOn(gate, await issuer.mint(0, { from: -59 }))).to.equal('pass');
    const { gate: wrong } = await openGate(await createIssuer(), { ahead: -40 });
    expect(wrong.state.clockSecondsOff).to.equal(40);
  });

  it('tells the issuer later what it has admitted alone, each once (B2)', async () => {
    const issuer = await createIssuer();
    issuer.tickets = [ticket({ kind: 'period' })];
    const { gate, ledger } = await openGate(issuer);
    issuer.online = false;
    expect(await verdictOn(gate, await issuer.mint(0))).to.equal('pass');
    expect(await verdictOn(gate, 'nonsense')).to.equal('malformed A2');
    expect(gate.state.untold).to.equal(1);
    issuer.at += 3600;
    issuer.online = true;
    await gate.refresh();
    expect([gate.state.untold, gate.state.conflicts]).to.deep.equal([0, 0]);
    expect(await ledger.uploads()).to.deep.equal(new Map());
    const told = issuer.requests.filter((request) => request === 'POST /v1/admissions');
    expect(told).to.have.length(1);
    await gate.refresh();
    expect(told).to.have.length(1);
  });

  it('goes on telling after a restart, and keeps what the issuer has not confirmed', async () => {
    const issuer = await createIssuer();
    const { gate, ledger, held } = await openGate(issuer);
    issuer.online = false;
    expect(await verdictOn(gate, await issuer.mint(0))).to.equal('pass');
    await gate.refresh();
    expect(gate.state.untold).to.equal(1);
    const { gate: restarted } = await openGate(issuer, { ledger, kept: held() });
    expect(restarted.state.untold).to.equal(1);
    issuer.online = true;
    await restarted.refresh();
    expect(restarted.state.untold).to.equal(0);
  });

  it('says of how many admissions made alone another gate had made an end', async () => {
    const issuer = await createIssuer();
    const { gate: alone } = await openGate(issuer);
    const { gate: other } = await openGate(issuer, { post: { lane: '2' } });
    const code = await issuer.mint(0);
    issuer.online = false;
    expect(await verdictOn(alone, code)).to.equal('pass');
    issuer.online = true;
    expect(await verdictOn(other, code)).to.equal('pass');
    await alone.refresh();
    expect([alone.state.untold, alone.state.conflicts]).to.deep.equal([0, 1]);
  });

  it('judges after a restart without a network by what it held (B2)', async () => {
    const issuer = await createIssuer();
    const { held } = await openGate(issuer);
    const fetchedAt = issuer.at;
    issuer.online = false;
    issuer.at += 120;
    const { gate, lists } = await openGate(issuer, { kept: held() });
    expect(lists.states.denylist).to.deep.equal({ fetchedAt, failure: 'unreachable' });
    expect(await verdictOn(gate, await issuer.mint(0))).to.equal('pass');
    issuer.at += policy.denylistMaximumSeconds;
    const { gate: late } = await openGate(issuer, { kept: held() });
    expect(await verdictOn(late, await issuer.mint(1)), 'fails closed').to.equal(
      'denylist-stale D3',
    );
  });

  it('believes no list that was changed while it was held', async () => {
    const issuer = await createIssuer();
    const { held } = await openGate(issuer);
    const { denylist, ...others } = held();
    issuer.online = false;
    const changed = { ...denylist!, token: `${denylist!.token.slice(0, -4)}AAAA` };
    const { gate } = await openGate(issuer, { kept: { ...others, denylist: changed } });
    expect(await verdictOn(gate, await issuer.mint(0))).to.equal('denylist-stale D3');
  });

  it('says so when the gate itself fails, and can go on', async () => {
    const issuer = await createIssuer();
    let broken = true;
    const whole = await freshLedger(issuer.at);
    const ledger: OwnLedger = {
      ...whole,
      telling: () => ({
        admit: async () => {
          if (broken) throw new DOMException('disk full', 'QuotaExceededError');
          return undefined;
        },
      }),
    };
    const { gate } = await openGate(issuer, { ledger });
    issuer.online = false;
    expect(await verdictOn(gate, await issuer.mint(0))).to.equal('broken');
    broken = false;
    expect(await verdictOn(gate, await issuer.mint(0))).to.equal('pass');
  });

  it('takes the tickets of the day before and after, for codes around midnight', async () => {
    const issuer = await createIssuer();
    await openGate(issuer);
    const days = issuer.requests.filter((request) => request.includes('/v1/manifests/'));
    expect(days.map((request) => request.slice(-10)).sort()).to.deep.equal([
      '2026-05-19',
      '2026-05-20',
      '2026-05-21',
    ]);
    expect(new Date((noon + 8 * 3600) * 1000).getUTCHours()).to.equal(12);
  });
});
