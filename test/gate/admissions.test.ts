import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { toQrText } from '../../widget/protocol/code/qr-text.ts';
import type { AdmissionAnswer } from '../../widget/protocol/messages/gate.ts';
import type { Pack, TypedIdentity } from '../../widget/protocol/messages/holder.ts';
import {
  ask,
  Holder,
  someGuest,
  startIssuer,
  type RunningIssuer,
} from '../issuer/running-issuer.ts';

let running: RunningIssuer;
let holder: Holder;
let identity: TypedIdentity;
let grant: string;
beforeEach(async () => {
  running = await startIssuer();
  holder = await Holder.create(running);
  identity = await someGuest(running);
  grant = (await holder.obtain({ identity })).body.grant.token;
});
afterEach(() => running.close());

async function credential(): Promise<string> {
  const response = await running.server.gateApp.request('/configuration.json');
  return ((await response.json()) as { credential: string }).credential;
}

async function freshCode(): Promise<string> {
  const { body } = await holder.call<Pack>('POST', '/v1/codes', { body: {}, grant });
  return body.codes[0]!;
}

const buy = (kind = 'single', train = 'G901') =>
  ask(running, 'POST', '/mock/tickets', { body: { identity, kind, train } });

async function admit(scanned: string, change: object = {}): Promise<AdmissionAnswer> {
  const { body } = await ask<AdmissionAnswer>(running, 'POST', '/v1/admissions', {
    headers: { Authorization: `Bearer ${await credential()}` },
    body: { scanned, purpose: 'entry', station: 'beijing-south', lane: '1', ...change },
  });
  return body;
}

const verdict = async (answer: Promise<AdmissionAnswer>): Promise<string> => {
  const given = await answer;
  return given.admitted ? 'admitted' : given.reason;
};

describe('lanes that share the store', () => {
  it('admit the holder of a ticket once, by the QR’s digits or the code itself (B2)', async () => {
    await buy();
    const code = await freshCode();
    const first = await admit(toQrText(code));
    assert.ok(first.admitted);
    assert.equal(first.ticket?.train, 'G901');
    assert.ok(!JSON.stringify(first).includes('sub'));
    assert.equal(await verdict(admit(code, { lane: '2' })), 'already-used');
    assert.equal(await verdict(admit(await freshCode(), { lane: '2' })), 'already-entered');
  });

  it('repeat the verdict for a scanner that reads twice within 3 seconds', async () => {
    await buy();
    const code = await freshCode();
    assert.equal(await verdict(admit(code)), 'admitted');
    running.time += 3000;
    assert.equal(await verdict(admit(code)), 'admitted');
    running.time += 1000;
    assert.equal(await verdict(admit(code)), 'already-used');
  });

  it('let eight lanes race for one code, and open once', async () => {
    await buy();
    const code = await freshCode();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, lane) => verdict(admit(code, { lane: `lane ${lane}` }))),
    );
    assert.deepEqual(answers.filter((answer) => answer === 'admitted').length, 1);
  });

  it('let out whoever came in, and nobody else', async () => {
    await buy();
    const exit = { purpose: 'exit', station: 'shanghai-hongqiao' };
    assert.equal(await verdict(admit(await freshCode(), exit)), 'not-entered');
    assert.equal(await verdict(admit(await freshCode())), 'admitted');
    assert.equal(await verdict(admit(await freshCode(), exit)), 'admitted');
    assert.equal(await verdict(admit(await freshCode(), exit)), 'not-entered');
    assert.equal(await verdict(admit(await freshCode())), 'already-entered');
  });

  it('let period and multi-ride tickets in again after leaving (R21)', async () => {
    for (const kind of ['period', 'multi-ride']) {
      identity = await someGuest(running);
      grant = (await holder.obtain({ identity })).body.grant.token;
      await buy(kind);
      const exit = { purpose: 'exit', station: 'shanghai-hongqiao' };
      assert.equal(await verdict(admit(await freshCode())), 'admitted');
      assert.equal(await verdict(admit(await freshCode())), 'already-entered');
      assert.equal(await verdict(admit(await freshCode(), exit)), 'admitted');
      assert.equal(await verdict(admit(await freshCode())), 'admitted');
    }
  });

  it('serve counters and checks without using the code up (R21)', async () => {
    assert.equal(await verdict(admit(await freshCode())), 'no-ticket');
    assert.equal(await verdict(admit(await freshCode(), { purpose: 'counter' })), 'admitted');
    await buy();
    const code = await freshCode();
    for (const purpose of ['check', 'check', 'onboard', 'entry']) {
      assert.equal(await verdict(admit(code, { purpose })), 'admitted', purpose);
    }
  });

  it('say when it is the wrong train, and burn nothing by it', async () => {
    await buy();
    const code = await freshCode();
    assert.equal(await verdict(admit(code, { train: 'G915' })), 'wrong-train');
    assert.equal(await verdict(admit(code, { train: 'G901' })), 'admitted');
  });

  it('refuse the codes of a grant ended by sign-out (R19)', async () => {
    await buy();
    const code = await freshCode();
    await holder.call('DELETE', '/v1/grants');
    assert.equal(await verdict(admit(code)), 'revoked');
  });

  it('answer with the two characters for the traveller (B10)', async () => {
    const answer = await admit('nonsense');
    assert.deepEqual(answer, { admitted: false, reason: 'malformed', code: 'A2' });
  });
});

describe('the gate’s calls', () => {
  it('are for gates: without the credential nothing is told', async () => {
    for (const [method, path] of [
      ['GET', '/v1/denylist'],
      ['GET', '/v1/manifests/beijing-south/2027-03-01'],
      ['POST', '/v1/admissions'],
    ] as const) {
      for (const Authorization of ['', 'Bearer wrong', `DPoP ${await credential()}`]) {
        const { status, problem } = await ask(running, method, path, {
          headers: { Authorization },
          ...(method === 'POST' ? { body: {} } : {}),
        });
        assert.deepEqual([status, problem], [401, 'credential-required']);
      }
    }
  });
});
