import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { decodeProtectedHeader } from 'jose';
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

  it('never verify another kind of token', async () => {
    const { keyring } = running.server.issuer;
    const { kid } = await keyring.signing('liveness', running.time / 1000);
    assert.equal(await keyring.verifying('session', kid, running.time / 1000), undefined);
  });
});
