import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { decodeProtectedHeader } from 'jose';
import { openKeyring } from '../../mock-server/issuer/keyring.ts';
import type { KeySet } from '../../widget/protocol/messages/metadata.ts';
import type { Pack } from '../../widget/protocol/messages/holder.ts';
import { ask, Holder, someGuest, startIssuer, type RunningIssuer } from './running-issuer.ts';

let running: RunningIssuer;
beforeEach(async () => {
  running = await startIssuer();
});
afterEach(() => running.close());

describe('the issuer’s keys', () => {
  it('are one a kind, published without their private half and without what gates do not verify', async () => {
    const { body, headers } = await ask<KeySet>(running, 'GET', '/.well-known/jwks.json');
    assert.deepEqual(body.keys.map(({ typ }) => typ).sort(), [
      'bid',
      'bid-denylist+jwt',
      'bid-tickets+jwt',
    ]);
    assert.ok(body.keys.every((key) => !('d' in key)));
    assert.match(headers.get('Cache-Control') ?? '', /max-age=60/);
  });

  it('rotate without a restart: published first, signing later, and the old one goes on verifying', async () => {
    const holder = await Holder.create(running);
    const { keyring } = running.server.issuer;
    const at = running.time / 1000;
    const { body } = await holder.obtain({ identity: await someGuest(running) });
    const oldKid = decodeProtectedHeader(body.pack.codes[0]!).kid!;
    const newKid = await keyring.rotate('code', at + 120);
    assert.match(newKid, /^[\w-]{1,4}$/);

    const { body: keys } = await ask<KeySet>(running, 'GET', '/.well-known/jwks.json');
    assert.ok(keys.keys.some(({ kid }) => kid === newKid));
    const kidOfFreshCodes = async () => {
      const answer = await holder.call<Pack>('POST', '/v1/codes', {
        body: {},
        grant: body.grant.token,
      });
      return decodeProtectedHeader(answer.body.codes[0]!).kid;
    };
    assert.equal(await kidOfFreshCodes(), oldKid);
    running.time += 120_000;
    assert.equal(await kidOfFreshCodes(), newKid);
    assert.ok(await keyring.verifying('code', oldKid, at + 121));
  });

  it('are those that are known while the store fails, and the new ones once it is back', async () => {
    const { keyring } = running.server.issuer;
    const kids = async () =>
      (await keyring.published(running.time / 1000)).keys.map(({ kid }) => kid);
    const known = await kids();
    const other = await openKeyring(running.store, running.time / 1000);
    const next = await other.rotate('code', running.time / 1000 + 3600);
    const selectFrom = mock.method(running.store, 'selectFrom', () => {
      throw new Error('the store is gone');
    });
    running.time += 10_000;
    assert.deepEqual(await kids(), known);
    assert.equal((await keyring.signing('code', running.time / 1000)).kid, known[0]);
    assert.equal(selectFrom.mock.callCount(), 1, 'asked again only 10 s later');
    assert.equal(running.logged[0], 'looking for keys');
    await assert.rejects(openKeyring(running.store, running.time / 1000), /the store is gone/);
    selectFrom.mock.restore();
    running.time += 10_000;
    assert.ok((await kids()).includes(next));
  });

  it('never verify another kind of token', async () => {
    const { keyring } = running.server.issuer;
    const { kid } = await keyring.signing('liveness', running.time / 1000);
    assert.equal(await keyring.verifying('session', kid, running.time / 1000), undefined);
  });

  describe('are withdrawn', () => {
    const days = (count: number): number => count * 24 * 60 * 60;
    const publishedCodeKeys = async (): Promise<string[]> => {
      const { body } = await ask<KeySet>(running, 'GET', '/.well-known/jwks.json');
      return body.keys.filter(({ typ }) => typ === 'bid').map(({ kid }) => kid);
    };
    const later = async (seconds: number): Promise<void> => {
      running.time += seconds * 1000;
      await running.server.tidy();
    };

    it('when their successor has signed for a month, by every server, and no `kid` comes again', async () => {
      const { keyring } = running.server.issuer;
      const at = running.time / 1000;
      const old = (await keyring.signing('code', at)).kid;
      const next = await keyring.rotate('code', at + 3600);
      // From noon of 1 March on, an hour later: the same second of April is not yet too late.
      await later(days(31) + 3600);
      running.time += 10_000;
      assert.deepEqual(await publishedCodeKeys(), [old, next]);
      await later(days(1));
      running.time += 10_000;
      assert.deepEqual(await publishedCodeKeys(), [next]);
      const now = running.time / 1000;
      assert.equal(await keyring.verifying('code', old, now), undefined);
      assert.equal((await keyring.signing('code', now)).kid, next);
      assert.ok(![old, next].includes(await keyring.rotate('code', now + 3600)));
    });

    it('never without a successor that signs, and never for one of another kind', async () => {
      const { keyring } = running.server.issuer;
      const [only] = await publishedCodeKeys();
      await keyring.rotate('manifest', running.time / 1000 + 3600);
      await later(days(400));
      running.time += 10_000;
      assert.deepEqual(await publishedCodeKeys(), [only]);
      const next = await keyring.rotate('code', running.time / 1000 + days(90));
      await later(days(89));
      running.time += 10_000;
      assert.deepEqual(await publishedCodeKeys(), [only, next]);
      const holder = await Holder.create(running);
      const { body } = await holder.obtain({ identity: await someGuest(running) });
      assert.equal(decodeProtectedHeader(body.pack.codes[0]!).kid, only);
    });

    it('and a clock that is set back afterwards leaves the issuer a key to sign with', async () => {
      const { keyring } = running.server.issuer;
      await later(days(40));
      const next = await keyring.rotate('code', running.time / 1000 + 75);
      await later(days(40));
      assert.deepEqual(await publishedCodeKeys(), [next]);
      running.time -= days(80) * 1000;
      assert.equal((await keyring.signing('code', running.time / 1000)).kid, next);
    });
  });
});
