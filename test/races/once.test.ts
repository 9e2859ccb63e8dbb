import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { contradictions } from './agreement.ts';
import { onEachStore } from './two-servers.ts';

const noon = Date.parse('2027-03-01T12:00:00+08:00') / 1000;
const keys = 1000;

describe('what is to happen once, asked of two servers at once', () => {
  onEachStore((servers) => {
    it('1,000 idempotency keys, each sent five times, have 1,000 effects and one answer each (B6)', async () => {
      const { both, store } = servers();
      const answers = await both('askWithKeys', (server) => ({
        keys,
        times: server === 0 ? 3 : 2,
        changed: false,
      }));
      const different = new Set<string>();
      for (let key = 0; key < keys; key++) {
        const bodies = new Set(answers.flatMap((ofServer) => ofServer[key]!));
        assert.equal(bodies.size, 1, `answers to key ${key}`);
        different.add([...bodies][0]!);
      }
      assert.equal(different.size, keys);
      const applications = await store.selectFrom('applications').select('id').execute();
      assert.equal(applications.length, keys);
      assert.deepEqual(
        new Set((await both('askWithKeys', () => ({ keys, times: 1, changed: true }))).flat(2)),
        new Set(['idempotency-conflict']),
      );
    });

    it('one passed liveness check, told of 1,000 times, comes to one proof and one live grant (R13)', async () => {
      const { both, store } = servers();
      const person = 9000;
      const [check] = await both('beginCheck', (server) => ({
        person: server === 0 ? person : undefined,
      }));
      const answers = (await both('useAssertion', () => ({ ...check!, count: 500 }))).flat();
      assert.deepEqual(new Set(answers.map(({ came }) => came)), new Set(['issued']));
      assert.equal(new Set(answers.map(({ proof }) => proof)).size, 1);
      const proofs = await store.selectFrom('proofs').selectAll().execute();
      assert.equal(proofs.length, 1);
      const live = await store
        .selectFrom('grants')
        .selectAll()
        .where('ended_at', 'is', null)
        .execute();
      assert.equal(live.length, 1);
      assert.deepEqual(await contradictions(store, noon), []);
    });
  });
});
