import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { personOf } from '../../mock-server/issuer/person.ts';
import type { ApplicationState, Me, Records } from '../../widget/protocol/messages/holder.ts';
import {
  ask,
  Holder,
  hours,
  minutes,
  signIn,
  someGuest,
  startIssuer,
  type RunningIssuer,
} from '../issuer/running-issuer.ts';

let running: RunningIssuer;
let holder: Holder;
beforeEach(async () => {
  running = await startIssuer();
  holder = await Holder.create(running);
});
afterEach(() => running.close());

const shanghai = (time: string): number => Date.parse(`${time}+08:00`);

const rows = async (table: 'identities' | 'applications' | 'proofs' | 'grants' | 'tickets') =>
  (await running.store.selectFrom(table).selectAll().execute()).length;

const records = async (session: string) =>
  (await holder.call<Records>('GET', '/v1/records', { session })).body.records.length;

describe('what is kept', () => {
  it('R23: records reach back to the same day of last month, and nothing older is left', async () => {
    const identity = await someGuest(running);
    const application = await holder.apply({ identity });
    await holder.complete(application);
    await holder.obtain({ session: await signIn(running, 'adult') });
    const state = () =>
      holder.call<ApplicationState>('GET', `/v1/applications/${application.body.id}`);

    running.time = shanghai('2027-04-01T23:59:59');
    await running.server.tidy();
    assert.equal(await records(await signIn(running, 'adult')), 1);
    assert.equal((await state()).body.status, 'approved');

    running.time = shanghai('2027-04-02T00:00:00');
    await running.server.tidy();
    assert.equal(await records(await signIn(running, 'adult')), 0);
    assert.equal((await state()).problem, 'not-found');
    for (const table of ['identities', 'applications', 'grants'] as const) {
      assert.equal(await rows(table), 0, table);
    }
    const person = personOf(running.server.issuer.secrets, identity);
    for (const { name } of await running.store.introspection.getTables()) {
      const left = await running.store
        .selectFrom(name as 'proofs')
        .selectAll()
        .execute();
      // The proof of 1 March ended on the 2nd, so it goes a day later than its application.
      if (name !== 'proofs') assert.ok(!JSON.stringify(left).includes(person), name);
    }
    running.time = shanghai('2027-04-03T00:00:00');
    await running.server.tidy();
    assert.equal(await rows('proofs'), 0);
  });

  it('R9: however often it is tidied, the month’s count stands, and the next month begins anew', async () => {
    const session = () => signIn(running, 'adult');
    running.time = shanghai('2027-03-01T00:00:00');
    for (let applied = 0; applied < 3; applied++) {
      assert.equal((await holder.obtain({ session: await session() })).status, 200);
      running.time += hours(22);
      await running.server.tidy();
    }
    for (const day of ['2027-03-15T12:00:00', '2027-03-31T23:50:00']) {
      running.time = shanghai(day);
      await running.server.tidy();
      const { body } = await holder.call<Me>('GET', '/v1/me', { session: await session() });
      assert.equal(body.applicationsLeft, 0, day);
      const fourth = await holder.obtain({ session: await session() });
      assert.equal(fourth.problem, 'quota-exhausted', day);
    }
    running.time = shanghai('2027-04-01T00:00:00');
    await running.server.tidy();
    assert.equal((await holder.obtain({ session: await session() })).status, 200);
    running.time = shanghai('2027-04-30T23:00:00');
    await running.server.tidy();
    const { body } = await holder.call<Me>('GET', '/v1/me', { session: await session() });
    assert.equal(body.applicationsLeft, 2);
  });

  it('B7: who a person is goes with the last that needs it, not a month later', async () => {
    const identity = await someGuest(running);
    await holder.obtain({ identity });
    running.time += hours(24) - minutes(1);
    await running.server.tidy();
    assert.equal(await rows('identities'), 1);
    assert.equal((await holder.complete(await holder.view({ identity }))).status, 200);
    running.time += minutes(2);
    await running.server.tidy();
    assert.equal(await rows('identities'), 1, 'a grant was opened two minutes ago');
    running.time += hours(24);
    await running.server.tidy();
    assert.equal(await rows('identities'), 0);
  });

  it('R14: a review keeps nobody’s identity; the look at what it has come to does', async () => {
    const identity = await someGuest(running);
    await ask(running, 'POST', '/mock/review', { body: { late: true } });
    await holder.obtain({ identity });
    running.time += hours(72);
    await running.server.tidy();
    assert.equal(await rows('identities'), 0);
    await ask(running, 'POST', '/mock/review/decisions', { body: { approve: true } });
    await ask(running, 'POST', '/mock/review', { body: { late: false } });
    await holder.complete(await holder.view({ identity }));
    await running.server.tidy();
    assert.equal(await rows('identities'), 1);
  });

  it('R21: a ticket for a season keeps its uses as long as it holds', async () => {
    const { store } = running;
    const ticket = (id: string, validUntil: string) => ({
      id,
      kind: 'period' as const,
      rides: null,
      train: 'G901',
      from_station: 'beijing-south',
      to_station: 'shanghai-hongqiao',
      valid_from: shanghai('2027-03-01T00:00:00') / 1000,
      valid_until: shanghai(validUntil) / 1000,
    });
    const use = { ordinal: 1, purpose: 'entry', used_at: running.time / 1000 };
    for (const row of [ticket('day', '2027-03-02T00:00'), ticket('season', '2027-05-31T00:00')]) {
      await store.insertInto('tickets').values(row).execute();
      await store
        .insertInto('ticket_uses')
        .values({ ticket_id: row.id, ...use })
        .execute();
    }
    running.time = shanghai('2027-05-01T00:00:00');
    await running.server.tidy();
    const left = await store.selectFrom('ticket_uses').select('ticket_id').execute();
    assert.deepEqual(left, [{ ticket_id: 'season' }]);
    assert.equal(await rows('tickets'), 1);
  });

  it('goes though something else cannot be removed, and that is told, and goes later', async () => {
    const { store } = running;
    await holder.obtain({ identity: await someGuest(running) });
    running.time = shanghai('2027-04-03T00:00:00');
    const away = ['seen_dpop_proofs', 'applications'] as const;
    const others = ['proofs', 'grants', 'identities'] as const;
    for (const other of others) assert.equal(await rows(other), 1, other);
    for (const table of away) {
      await store.schema.alterTable(table).renameTo(`${table}_away`).execute();
    }
    try {
      await assert.rejects(running.server.tidy(), /seen_dpop_proofs/);
    } finally {
      for (const table of away) {
        await store.schema.alterTable(`${table}_away`).renameTo(table).execute();
      }
    }
    for (const other of others) assert.equal(await rows(other), 0, other);
    assert.equal(await rows('applications'), 1);
    await running.server.tidy();
    assert.equal(await rows('applications'), 0);
  });
});
