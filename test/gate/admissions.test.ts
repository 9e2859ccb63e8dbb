import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { toQrText } from '../../widget/protocol/code/qr-text.ts';
import { ask } from '../issuer/running-issuer.ts';
import { AtTheGate } from './at-the-gate.ts';

let scene: AtTheGate;
beforeEach(async () => {
  scene = await AtTheGate.start();
});
afterEach(() => scene.running.close());

describe('lanes that share the store', () => {
  it('admit the holder of a ticket once, by the QR’s digits or the code itself (B2)', async () => {
    await scene.buy();
    const code = await scene.freshCode();
    const first = await scene.admit(toQrText(code));
    assert.ok(first.admitted);
    assert.equal(first.ticket?.train, 'G901');
    assert.ok(!JSON.stringify(first).includes('sub'));
    assert.equal(await scene.verdict(code, { lane: '2' }), 'already-used');
    assert.equal(await scene.verdict(await scene.freshCode(), { lane: '2' }), 'already-entered');
  });

  it('repeat the verdict for a scanner that reads twice within 3 seconds', async () => {
    await scene.buy();
    const code = await scene.freshCode();
    assert.equal(await scene.verdict(code), 'admitted');
    scene.running.time += 3000;
    assert.equal(await scene.verdict(code), 'admitted');
    scene.running.time += 1000;
    assert.equal(await scene.verdict(code), 'already-used');
  });

  it('let eight lanes race for one code, and open once', async () => {
    await scene.buy();
    const code = await scene.freshCode();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, lane) => scene.verdict(code, { lane: `lane ${lane}` })),
    );
    assert.deepEqual(answers.filter((answer) => answer === 'admitted').length, 1);
  });

  it('let out whoever came in, and nobody else', async () => {
    await scene.buy();
    const exit = { purpose: 'exit', station: 'shanghai-hongqiao' };
    assert.equal(await scene.verdict(await scene.freshCode(), exit), 'not-entered');
    assert.equal(await scene.verdict(await scene.freshCode()), 'admitted');
    assert.equal(await scene.verdict(await scene.freshCode(), exit), 'admitted');
    assert.equal(await scene.verdict(await scene.freshCode(), exit), 'not-entered');
    assert.equal(await scene.verdict(await scene.freshCode()), 'already-entered');
  });

  it('let period and multi-ride tickets in again after leaving (R21)', async () => {
    for (const kind of ['period', 'multi-ride']) {
      await scene.nextGuest();
      await scene.buy(kind);
      const exit = { purpose: 'exit', station: 'shanghai-hongqiao' };
      assert.equal(await scene.verdict(await scene.freshCode()), 'admitted');
      assert.equal(await scene.verdict(await scene.freshCode()), 'already-entered');
      assert.equal(await scene.verdict(await scene.freshCode(), exit), 'admitted');
      assert.equal(await scene.verdict(await scene.freshCode()), 'admitted');
    }
  });

  it('serve counters and checks without using the code up (R21)', async () => {
    assert.equal(await scene.verdict(await scene.freshCode()), 'no-ticket');
    assert.equal(await scene.verdict(await scene.freshCode(), { purpose: 'counter' }), 'admitted');
    await scene.buy();
    const code = await scene.freshCode();
    for (const purpose of ['check', 'check', 'onboard', 'entry']) {
      assert.equal(await scene.verdict(code, { purpose }), 'admitted', purpose);
    }
  });

  it('say when it is the wrong train, and burn nothing by it', async () => {
    await scene.buy();
    const code = await scene.freshCode();
    assert.equal(await scene.verdict(code, { train: 'G915' }), 'wrong-train');
    assert.equal(await scene.verdict(code, { train: 'G901' }), 'admitted');
  });

  it('refuse the codes of a grant ended by sign-out (R19)', async () => {
    await scene.buy();
    const code = await scene.freshCode();
    await scene.holder.call('DELETE', '/v1/grants');
    assert.equal(await scene.verdict(code), 'revoked');
  });

  it('answer with the two characters for the traveller (B10)', async () => {
    const answer = await scene.admit('nonsense');
    assert.deepEqual(answer, { admitted: false, reason: 'malformed', code: 'A2' });
  });
});

describe('the gate’s calls', () => {
  it('are for gates: without the credential nothing is told', async () => {
    for (const [method, path] of [
      ['GET', '/v1/denylist'],
      ['GET', '/v1/manifests/beijing-south/2027-03-01'],
      ['POST', '/v1/admissions'],
      ['POST', '/v1/inspections'],
    ] as const) {
      for (const Authorization of ['', 'Bearer wrong', `DPoP ${await scene.credential()}`]) {
        const { status, problem } = await ask(scene.running, method, path, {
          headers: { Authorization },
          ...(method === 'POST' ? { body: {} } : {}),
        });
        assert.deepEqual([status, problem], [401, 'credential-required']);
      }
    }
  });
});
