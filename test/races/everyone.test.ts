import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { contradictions } from './agreement.ts';
import { onEachStore } from './two-servers.ts';

const noon = Date.parse('2027-03-01T12:00:00+08:00');
/** Within the three hours in which a proof can be renewed. */
const renewal = 21.5 * 3600_000;

const people = 500;

/** Whatever else an answer is, it has to be one of these. */
const expected: Record<string, readonly string[]> = {
  apply: ['issued', 'existing', 'review-pending'],
  view: ['existing', 'review-pending', 'no-valid-proof'],
  refresh: ['done', 'verification-required'],
  enter: 'done malformed expired revoked no-ticket already-used already-entered'.split(' '),
  'sign out': ['done'],
  review: ['done'],
};

describe('500 people at two servers, each of them at both at once', () => {
  onEachStore((servers) => {
    it('leave no proof, grant, application or use of a code that contradicts another (R9 to R12)', async (test) => {
      const { both, store } = servers();
      const met = new Map<string, number>();
      for (const day of [0, 1, 2]) {
        const time = noon + day * renewal;
        const counts = await both('liveThroughDay', (server) => ({
          time,
          people,
          seed: 10 * day + server,
          // On the last day those who apply at the first server wait for a review.
          late: day === 2 && server === 0,
          sellsTickets: server === 0,
        }));
        for (const [what, count] of counts.flatMap((each) => Object.entries(each))) {
          met.set(what, (met.get(what) ?? 0) + count);
        }
        assert.deepEqual((await contradictions(store, time / 1000)).slice(0, 10), [], `day ${day}`);
      }
      test.diagnostic([...met].map((entry) => entry.join(': ')).join(', '));
      assert.deepEqual(
        [...met.keys()].filter((what) => {
          const [action = '', came = ''] = what.split(': ');
          return !expected[action]?.includes(came);
        }),
        [],
      );
      // An application and a look are three: the wish, the check, and its outcome.
      const requests = [...met].reduce(
        (sum, [what, count]) => sum + count * (/^(apply|view)/.test(what) ? 3 : 1),
        0,
      );
      assert.ok(requests >= 10_000, `${requests} requests`);
      assert.ok((met.get('enter: done') ?? 0) > 20, 'some were let in');
    });
  });
});
