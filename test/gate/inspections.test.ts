import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { ask } from '../issuer/running-issuer.ts';
import { AtTheGate } from './at-the-gate.ts';

let scene: AtTheGate;
beforeEach(async () => {
  scene = await AtTheGate.start();
});
afterEach(() => scene.running.close());

const looks = () =>
  scene.running.store.selectFrom('inspections').selectAll().orderBy('looked_at').execute();

describe('a look at a code (R21)', () => {
  it('shows the train crew whose it is, masked, and the ticket on any part of the way', async () => {
    await scene.buy('single', 'G901');
    const answer = await scene.inspect(await scene.freshCode(), { train: 'G901' });
    assert.ok(answer.admitted);
    assert.match(answer.holder.name, /\*/);
    assert.match(answer.holder.number, /^\d{2}\*+\d[\dX]$/);
    assert.equal(answer.ticket?.train, 'G901');
    assert.deepEqual(Object.keys(answer).sort(), ['admitted', 'holder', 'ticket']);
    assert.ok(!JSON.stringify(answer).includes(scene.identity.number.slice(6, 14)));
  });

  it('shows a counter the proof and no ticket', async () => {
    await scene.buy();
    const answer = await scene.inspect(await scene.freshCode(), { purpose: 'counter' });
    assert.ok(answer.admitted);
    assert.deepEqual(Object.keys(answer).sort(), ['admitted', 'holder', 'proof']);
    assert.ok(answer.proof && answer.proof.validUntil > scene.running.time / 1000);
  });

  it('shows a real-name check the ticket of this station', async () => {
    const check = { purpose: 'check', station: 'beijing-south' };
    await scene.buy();
    const here = await scene.inspect(await scene.freshCode(), check);
    assert.ok(here.admitted && here.ticket);
    const elsewhere = await scene.inspect(await scene.freshCode(), { ...check, station: 'harbin' });
    assert.deepEqual(elsewhere, { admitted: false, reason: 'no-ticket', code: 'T2' });
  });

  it('uses nothing up', async () => {
    await scene.buy();
    const code = await scene.freshCode();
    for (const purpose of ['onboard', 'onboard', 'check', 'counter']) {
      const answer = await scene.inspect(code, { purpose, station: 'beijing-south' });
      assert.ok(answer.admitted, purpose);
    }
    assert.equal(await scene.verdict(code), 'admitted');
  });

  it('shows nothing for a code that is over, of a grant that was ended, or that is none', async () => {
    await scene.buy();
    const code = await scene.freshCode();
    await scene.holder.call('DELETE', '/v1/grants');
    const refusals = [await scene.inspect(code), await scene.inspect('nonsense')];
    scene.running.time += 71_000;
    refusals.push(await scene.inspect(code));
    assert.deepEqual(
      refusals.map((answer) => !answer.admitted && [answer.reason, Object.keys(answer).length]),
      [
        ['revoked', 3],
        ['malformed', 3],
        ['expired', 4],
      ],
    );
  });

  it('shows nobody whose identity has been erased', async () => {
    await scene.buy();
    const code = await scene.freshCode();
    await scene.running.store.deleteFrom('identities').execute();
    const answer = await scene.inspect(code);
    assert.deepEqual(answer, { admitted: false, reason: 'revoked', code: 'D2' });
  });

  it('never shows another whose grant has come to the same public id, and records neither', async () => {
    const code = await scene.freshCode();
    const first = await scene.running.store
      .selectFrom('grants')
      .selectAll()
      .executeTakeFirstOrThrow();
    scene.running.time += 1000;
    await scene.nextGuest();
    await scene.running.store.updateTable('grants').set({ public_id: first.public_id }).execute();
    for (const purpose of ['counter', 'onboard']) {
      if (purpose === 'onboard') await scene.buy();
      const answer = await scene.inspect(code, { purpose });
      assert.ok(!answer.admitted && !('holder' in answer), purpose);
    }
    assert.ok((await looks()).every(({ person, refusal }) => person === null && refusal !== null));
    const answer = await scene.inspect(await scene.freshCode(), { purpose: 'counter' });
    assert.ok(answer.admitted);
  });

  it('is recorded, refused or not, with who looked, where and when, and nothing that was seen', async () => {
    await scene.buy();
    const code = await scene.freshCode();
    await scene.inspect(code, { train: 'G901', lane: 'crew 7' });
    await scene.inspect('nonsense', { lane: 'crew 8' });
    const [first, second, ...others] = await looks();
    assert.equal(others.length, 0);
    assert.equal(first?.lane, 'crew 7');
    assert.equal(first?.train, 'G901');
    assert.equal(first?.refusal, null);
    assert.equal(first?.looked_at, scene.running.time / 1000);
    assert.ok(first?.person && first.jti);
    assert.deepEqual([second?.refusal, second?.person, second?.jti], ['malformed', null, null]);
    const { name, number } = scene.identity;
    assert.ok(!JSON.stringify([first, second]).includes(name));
    assert.ok(!JSON.stringify([first, second]).includes(number));
  });

  it('is not for gates, nor for a purpose that uses codes up', async () => {
    const { problem } = await ask(scene.running, 'POST', '/v1/inspections', {
      headers: { Authorization: `Bearer ${await scene.credential()}` },
      body: {},
    });
    assert.equal(problem, 'credential-required');
    const answer = await ask(scene.running, 'POST', '/v1/inspections', {
      headers: { Authorization: `Bearer ${await scene.credential('crewCredential')}` },
      body: { scanned: 'x', purpose: 'entry', station: 'beijing-south', lane: '1' },
    });
    assert.equal(answer.problem, 'invalid-request');
  });
});
