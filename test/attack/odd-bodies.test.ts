import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { TypedIdentity } from '../../widget/protocol/messages/holder.ts';
import {
  ask,
  Holder,
  someGuest,
  startIssuer,
  type RunningIssuer,
} from '../issuer/running-issuer.ts';
import { contentOf } from './proof-maker.ts';
import { through } from './through.ts';

let running: RunningIssuer;
let holder: Holder;
let identity: TypedIdentity;

describe('odd requests', () => {
  before(async () => {
    running = await startIssuer();
  });
  after(async () => {
    assert.deepEqual(running.logged, []);
    await running.close();
  });
  beforeEach(async () => {
    holder = await Holder.create(running);
    identity = await someGuest(running);
  });

  const invalid = 'invalid-request';

  /** Sent as an application with a good proof: refused as it should be, and nothing written down. */
  async function refused(body: unknown, problem: string = invalid): Promise<void> {
    await holder.call('GET', '/v1/applications/x');
    const but = ['seen_dpop_proofs'];
    const content = await contentOf(running.store, but);
    const answer = await holder.call<{ detail?: string }>('POST', '/v1/applications', { body });
    assert.equal(answer.problem, problem);
    assert.doesNotMatch(answer.body.detail ?? '', /[^\w. -]/);
    assert.deepEqual(await contentOf(running.store, but), content);
  }

  const application = (change: object = {}) => ({
    identity,
    consent: true,
    place: 'beijing',
    ...change,
  });
  const named = (name: unknown) => application({ identity: { ...identity, name } });
  const numbered = (number: unknown) => application({ identity: { ...identity, number } });

  describe('a body that is no application is refused and changes nothing', () => {
    it('nested 30,000 deep', async () => {
      await refused('['.repeat(30_000) + ']'.repeat(30_000));
      await refused(`${'{"identity":'.repeat(5000)}1${'}'.repeat(5000)}`);
      await refused('['.repeat(60_000));
    });

    it('that is no JSON', async () => {
      for (const text of ['', ' ', '{', "{'a':1}", 'NaN', '{"a":1}{}', '\0', 'null\0', '<a/>']) {
        await refused(text);
      }
    });

    it('of another type', async () => {
      for (const text of ['null', 'true', '0', '1e999', '""', '[]', '[{}]', '{}', '"\\u0000"']) {
        await refused(text);
      }
    });

    it('with members of another type, missing or unknown', async () => {
      for (const wrong of [null, 0, '', 'true', [], {}, 1e308]) {
        await refused(application({ consent: wrong }));
        await refused(application({ identity: wrong }));
        if (typeof wrong !== 'string') {
          await refused(application({ place: wrong }));
          await refused(named(wrong));
          await refused(numbered(wrong));
        }
      }
      for (const missing of ['consent', 'place'])
        await refused(application({ [missing]: undefined }));
      await refused(application({ more: 1 }));
      await refused(application({ identity: { ...identity, more: 1 } }));
      await refused(JSON.stringify(application()).replace('{', '{"__proto__":{"consent":true},'));
      await refused(application({ constructor: { prototype: {} } }));
    });

    it('with texts that are too long', async () => {
      await refused(named('林'.repeat(101)));
      await refused(numbered('1'.repeat(41)));
      await refused(application({ place: 'x'.repeat(65) }));
      await refused(application({ place: 'x'.repeat(70_000) }));
    });

    it('with NUL or half a surrogate pair', async () => {
      for (const odd of ['\0', '\ud800', '\udc00', '林\ud83d', '\udc00\ud800']) {
        await refused(named(`林${odd}满`));
        await refused(numbered(identity.number + odd));
        await refused(application({ place: `beijing${odd}` }));
      }
    });

    it('with a name of odd letters', async () => {
      for (const odd of ['\u0301', '\u{1f600}', '<b>', '\ufffd', '\u3164', 'a']) {
        await refused(named(`林${odd}`), 'invalid-name');
      }
      await refused(named('林'.repeat(51)), 'invalid-name');
    });

    it('with a number of odd digits', async () => {
      for (const odd of ['\u0661', '\u200b', '\u202e', '𝟙', '①', '1\u0301']) {
        await refused(numbered(identity.number.slice(0, -1) + odd), 'invalid-id-number');
      }
    });

    it('spelled in bytes that are no UTF-8', async () => {
      const spelled = (name: number[]): Buffer =>
        Buffer.concat(
          JSON.stringify(named('@'))
            .split('@')
            .flatMap((part, index) =>
              index ? [Buffer.from(name), Buffer.from(part)] : [Buffer.from(part)],
            ),
        );
      const sending = (bytes: Buffer) =>
        Holder.create(
          through(
            running,
            (send) => (url, init) =>
              send(url, init.method === 'POST' ? { ...init, body: new Uint8Array(bytes) } : init),
          ),
        );
      // Overlong, a surrogate in UTF-8, cut short, beyond Unicode.
      for (const bytes of [
        [0xc0, 0xaf],
        [0xed, 0xa0, 0x80],
        [0xe6, 0x9e],
        [0xf5, 0x80, 0x80, 0x80],
      ]) {
        holder = await sending(spelled(bytes));
        await refused({}, 'invalid-name');
      }
    });

    it('of another Content-Type', async () => {
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'application/jsonp',
        '',
      ]) {
        holder = await Holder.create(
          through(
            running,
            (send) => (url, init) =>
              send(url, {
                ...init,
                headers: { ...(init.headers as object), 'Content-Type': type },
              }),
          ),
        );
        await refused(application());
      }
    });
  });

  it('marks that turn a text around or are not seen are no part of a name', async () => {
    const shownTo = async (name: string): Promise<string> =>
      (await holder.obtain({ identity: { ...identity, name } })).body.holder.name;
    assert.equal(await shownTo('林\u202e小\u200b满\ufeff'), await shownTo('林小满'));
  });

  it('a body of JSON may say its charset', async () => {
    holder = await Holder.create(
      through(
        running,
        (send) => (url, init) =>
          send(url, {
            ...init,
            headers: {
              ...(init.headers as object),
              'Content-Type': 'application/json; charset=utf-8',
            },
          }),
      ),
    );
    assert.equal((await holder.apply({ identity })).status, 200);
  });

  describe('a path', () => {
    it('with anything in the place of an id finds nothing', async () => {
      for (const id of [
        '%00',
        '%ff',
        '%ed%a0%80',
        '..%2f..',
        'x'.repeat(5000),
        '%F0%9F%98%80',
        "'--",
      ]) {
        const { problem } = await holder.call('GET', `/v1/applications/${id}`);
        assert.ok(problem === 'not-found' || problem === 'invalid-dpop-proof', `${id}: ${problem}`);
      }
    });

    it('with anything in the place of a station or a day is refused', async () => {
      const credential = running.server.issuer.secrets['gate-credential'].toString('base64url');
      const headers = { Authorization: `Bearer ${credential}` };
      for (const place of [
        '%00/2027-03-01',
        '%ff/2027-03-01',
        `${'x'.repeat(65)}/2027-03-01`,
        'x/%00',
        'x/2026-99-99',
        'x/2027-02-29',
        'x/2027-3-1',
        'x/2027-03-01x',
      ]) {
        const answer = await ask(running, 'GET', `/v1/manifests/${place}`, { headers });
        assert.equal(answer.problem, invalid, place);
      }
      const leap = await ask(running, 'GET', '/v1/manifests/x/2028-02-29', { headers });
      assert.equal(leap.status, 200);
    });
  });

  it('what a gate or a crew scans is refused with NUL in any of it', async () => {
    const { secrets } = running.server.issuer;
    const good = {
      scanned: 'x',
      station: 'beijing-south',
      lane: '1',
      train: 'G1',
      purpose: 'check',
    };
    for (const [path, name] of [
      ['/v1/admissions', 'gate-credential'],
      ['/v1/inspections', 'crew-credential'],
    ] as const) {
      for (const member of ['scanned', 'station', 'lane', 'train']) {
        const answer = await ask(running, 'POST', path, {
          headers: { Authorization: `Bearer ${secrets[name].toString('base64url')}` },
          body: { ...good, [member]: '\0' },
        });
        assert.equal(answer.problem, invalid, member);
      }
    }
  });
});
