import assert from 'node:assert/strict';
import { generateProof } from 'dpop';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { rateLimit } from '../../mock-server/http/rate-limit.ts';
import { createServer } from '../../mock-server/server.ts';
import type { Problem } from '../../widget/protocol/problems.ts';
import {
  ask,
  Holder,
  minutes,
  noon,
  origin,
  someGuest,
  startIssuer,
  type RunningIssuer,
} from '../issuer/running-issuer.ts';
import { connectionFrom, from, through } from './through.ts';

const rates = { address: { perMinute: 30 }, device: { perMinute: 12 } };

let running: RunningIssuer;

describe('rates', () => {
  beforeEach(async () => {
    running = await startIssuer();
  });
  afterEach(async () => {
    assert.deepEqual(running.logged, []);
    await running.close();
  });

  async function startLimited(proxies = 0): Promise<void> {
    const { store, logged } = running;
    running.server = await createServer({
      origin,
      store,
      now: () => running.time,
      log: (what, error) => logged.push(what, error),
      proxies,
      rates,
    });
  }

  const metadata = (issuer: RunningIssuer) => ask(issuer, 'GET', '/.well-known/boarding-id');

  /** How many of so many requests go through. */
  async function passing(count: number, issuer: (index: number) => RunningIssuer): Promise<number> {
    let passed = 0;
    for (let index = 0; index < count; index++) {
      if ((await metadata(issuer(index))).status === 200) passed++;
    }
    return passed;
  }

  const place = { body: { latitude: 39.9, longitude: 116.4 } };

  describe('what an address may ask', () => {
    beforeEach(() => startLimited());

    it('is limited, says when to come back, and goes through then', async () => {
      const here = from(running, '203.0.113.1');
      assert.equal(await passing(40, () => here), 30);
      const refused = await metadata(here);
      assert.deepEqual([refused.status, refused.problem], [429, 'rate-limited']);
      assert.ok(refused.headers.get('DPoP-Nonce'));
      const seconds = Number(refused.headers.get('Retry-After'));
      assert.equal(seconds, 2);
      running.time += seconds * 1000;
      assert.equal((await metadata(here)).status, 200);
      assert.equal((await metadata(here)).status, 429);
    });

    it('is no other address’s', async () => {
      await passing(40, () => from(running, '203.0.113.1'));
      assert.equal((await metadata(from(running, '203.0.113.2'))).status, 200);
    });

    it('is one for all the addresses of an IPv6 network, and one however IPv4 is written', async () => {
      const network = (index: number) => from(running, `2001:db8:0:1::${index.toString(16)}`);
      assert.equal(await passing(40, network), 30);
      assert.equal((await metadata(from(running, '2001:db8::1:0:0:0:ffff'))).status, 429);
      assert.equal((await metadata(from(running, '2001:db8:0:2::1'))).status, 200);
      assert.equal(
        await passing(40, (i) => from(running, i % 2 ? '192.0.2.9' : '::ffff:192.0.2.9')),
        30,
      );
    });

    it('is refused before the store is asked', async () => {
      const here = from(running, '203.0.113.1');
      await passing(30, () => here);
      const { rows } = await refusedWithoutStore(here);
      assert.equal(rows, 0);
    });

    it('is not limited for a gate, whose lanes all stand behind one address', async () => {
      const credential = running.server.issuer.secrets['gate-credential'].toString('base64url');
      const headers = { Authorization: `Bearer ${credential}` };
      for (let index = 0; index < 40; index++) {
        const answer = await ask(from(running, '203.0.113.1'), 'GET', '/v1/denylist', { headers });
        assert.equal(answer.status, 200);
      }
    });
  });

  /** A good call that is one too many. */
  async function refusedWithoutStore(here: RunningIssuer): Promise<{ rows: number }> {
    const holder = await Holder.create(here);
    assert.equal((await holder.call('POST', '/v1/places', place)).problem, 'rate-limited');
    const seen = await running.store.selectFrom('seen_dpop_proofs').selectAll().execute();
    return { rows: seen.length };
  }

  describe('what a request says of where it has been', () => {
    const spoofed = (index: number) => from(running, '203.0.113.1', `198.51.100.${index}`);

    it('counts for nothing, unless proxies are configured', async () => {
      await startLimited();
      assert.equal(await passing(40, spoofed), 30);
      // Nor can anybody use up what another may ask.
      assert.equal((await metadata(from(running, '198.51.100.1'))).status, 200);
    });

    it('counts behind one proxy by what that has written, and no further', async () => {
      await startLimited(1);
      const behind = (caller: string, said = '') =>
        from(running, '10.0.0.1', said && `${said}, ${caller}`);
      assert.equal(await passing(40, (i) => behind('203.0.113.1', `198.51.100.${i}`)), 30);
      assert.equal((await metadata(behind('203.0.113.2', '203.0.113.1'))).status, 200);
    });

    it('counts behind two by the outer one', async () => {
      await startLimited(2);
      const said = (i: number) => `198.51.100.${i}, 203.0.113.1, 10.0.0.2`;
      assert.equal(await passing(40, (i) => from(running, '10.0.0.1', said(i))), 30);
    });

    it('counts by the connection when it came past the proxies', async () => {
      await startLimited(1);
      assert.equal(await passing(40, () => from(running, '203.0.113.1')), 30);
    });
  });

  describe('what a device may ask', () => {
    beforeEach(() => startLimited());

    it('is limited by its key, wherever it is', async () => {
      let moved = 0;
      const underWay = through(
        running,
        (send) => (url, init) => send(url, init, connectionFrom(`203.0.113.${++moved}`)),
      );
      const holder = await Holder.create(underWay);
      const said: (string | number)[] = [];
      for (let index = 0; index < 14; index++) {
        const { problem, status } = await holder.call('POST', '/v1/places', place);
        said.push(problem ?? status);
      }
      assert.deepEqual(said, [...Array(12).fill(200), 'rate-limited', 'rate-limited']);
      assert.equal(
        (await (await Holder.create(underWay)).call('POST', '/v1/places', place)).status,
        200,
      );
    });

    it('is not used up by whoever sends its proof again', async () => {
      const holder = await Holder.create(running);
      await holder.call('POST', '/v1/places', place);
      const proof = await generateProof(holder.keys, `${origin}/v1/places`, 'POST', holder.nonce);
      for (let index = 0; index < 30; index++) {
        await ask(running, 'POST', '/v1/places', { ...place, headers: { DPoP: proof } });
      }
      assert.equal((await holder.call('POST', '/v1/places', place)).status, 200);
    });
  });

  describe('a person', () => {
    it('whose number is sent from everywhere gets a proof all the same', async () => {
      await startLimited();
      const identity = await someGuest(running);
      for (let index = 0; index < 100; index++) {
        const stranger = await Holder.create(from(running, `198.51.${index}.1`));
        assert.equal((await stranger.apply({ identity })).status, 200);
      }
      const owner = await Holder.create(from(running, '203.0.113.1'));
      assert.equal((await owner.obtain({ identity })).body.outcome, 'issued');
    });
  });

  describe('the count', () => {
    const problemOf = (call: () => void): string => {
      try {
        call();
        return 'passed';
      } catch (thrown) {
        return (thrown as Problem).code;
      }
    };

    it('lets nobody wait longer than a minute when the clock is set back', () => {
      const limit = rateLimit({ perMinute: 1 });
      limit('a', noon + minutes(600));
      assert.equal(
        problemOf(() => limit('a', noon)),
        'passed',
      );
      assert.equal(
        problemOf(() => limit('a', noon)),
        'rate-limited',
      );
      assert.equal(
        problemOf(() => limit('a', noon + minutes(1))),
        'passed',
      );
    });

    it('forgets who has been away the longest, so that a flood of keys fills no memory', () => {
      const limit = rateLimit({ perMinute: 1 });
      limit('first', noon);
      for (let index = 0; index < 99_999; index++) limit(`key ${index}`, noon);
      assert.equal(
        problemOf(() => limit('first', noon)),
        'rate-limited',
      );
      limit('one more', noon);
      assert.equal(
        problemOf(() => limit('first', noon)),
        'passed',
      );
    });
  });
});
