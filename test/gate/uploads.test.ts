import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { AtTheGate } from './at-the-gate.ts';

let scene: AtTheGate;
beforeEach(async () => {
  scene = await AtTheGate.start();
});
afterEach(() => scene.running.close());

const seconds = () => Math.floor(scene.running.time / 1000);
const uploaded = () => scene.running.store.selectFrom('offline_admissions').selectAll().execute();

describe('what a gate that was alone has admitted', () => {
  it('is told later and counts from then on, however late the code is by now', async () => {
    await scene.buy();
    const code = await scene.freshCode();
    const admittedAt = seconds();
    scene.running.time += 3_600_000;
    assert.equal(await scene.verdict(code), 'expired');
    assert.equal(await scene.verdict(code, { admittedAt }), 'admitted');
    const [row, ...others] = await uploaded();
    assert.equal(others.length, 0);
    assert.deepEqual([row?.admitted_at, row?.uploaded_at], [admittedAt, seconds()]);
    assert.equal(row?.refusal, null);
  });

  it('is written down once, however often it is told', async () => {
    await scene.buy('multi-ride');
    const code = await scene.freshCode();
    const admittedAt = seconds();
    const told = await Promise.all(
      Array.from({ length: 8 }, () => scene.verdict(code, { admittedAt })),
    );
    scene.running.time += 60_000;
    told.push(await scene.verdict(code, { admittedAt }));
    assert.deepEqual(new Set(told), new Set(['admitted']));
    assert.equal((await uploaded()).length, 1);
    const uses = await scene.running.store.selectFrom('ticket_uses').selectAll().execute();
    assert.deepEqual(
      uses.map(({ purpose, used_at }) => [purpose, used_at]),
      [['entry', admittedAt]],
    );
  });

  it('is written down, and said so, where another lane had let the ticket in', async () => {
    await scene.buy();
    const code = await scene.freshCode();
    assert.equal(await scene.verdict(code, { lane: '1' }), 'admitted');
    const admittedAt = seconds();
    assert.equal(await scene.verdict(code, { lane: '2', admittedAt }), 'already-used');
    const next = await scene.freshCode();
    assert.equal(await scene.verdict(next, { lane: '2', admittedAt }), 'already-entered');
    assert.deepEqual(
      new Set((await uploaded()).map(({ refusal }) => refusal)),
      new Set(['already-used', 'already-entered']),
    );
  });

  it('cannot lie in the future, and what no gate could admit is not written down', async () => {
    await scene.buy();
    const code = await scene.freshCode();
    const { problem } = await scene.askAsGate(code, { admittedAt: seconds() + 11 });
    assert.equal(problem, 'invalid-request');
    assert.equal(await scene.verdict(code, { admittedAt: seconds() - 100 }), 'not-yet-valid');
    assert.equal(await scene.verdict('nonsense', { admittedAt: seconds() }), 'malformed');
    assert.deepEqual(await uploaded(), []);
  });
});
