import assert from 'node:assert/strict';
import { decodeProtectedHeader } from 'jose';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { checkCode, memoryLedger, pinKeys, policy, type KeySet } from '../../widget/check.ts';
import type { Pack } from '../../widget/protocol/messages/holder.ts';
import { ask, Holder, someGuest } from '../issuer/running-issuer.ts';
import { startOperated, type Operated } from './command.ts';

let operated: Operated;
beforeEach(async () => {
  operated = await startOperated();
});
afterEach(() => operated.close());

const kidOf = (code: string | undefined): string | undefined => decodeProtectedHeader(code!).kid;

describe('rotating the keys', () => {
  it('is seen by a running issuer; a gate cut off since takes codes of the old and of the new key', async () => {
    const { running, command } = operated;
    const holder = await Holder.create(running);
    const { body } = await holder.obtain({ identity: await someGuest(running) });
    const fresh = async () => {
      const options = { body: {}, grant: body.grant.token };
      return (await holder.call<Pack>('POST', '/v1/codes', options)).body.codes[0]!;
    };

    const { status, stdout } = await command(['rotate-keys', '--after', '120']);
    assert.equal(status, 0);
    for (const kind of ['code', 'manifest', 'denylist', 'liveness', 'session']) {
      assert.match(stdout, new RegExp(`^${kind}  ${kind.charAt(0)}\\w+$`, 'm'));
    }

    running.time += 11_000;
    const { body: keySet } = await ask<KeySet>(running, 'GET', '/.well-known/jwks.json');
    assert.equal(keySet.keys.length, 6);
    const { codes: keys } = await pinKeys(keySet);
    const gate = async (scanned: string) =>
      checkCode(
        {
          scanned,
          purpose: 'counter',
          place: { station: 'beijing-south', lane: '1' },
          at: running.time / 1000,
        },
        {
          keys,
          denylist: undefined,
          ticketsOf: () => [],
          ledger: memoryLedger(policy.repeatSeconds),
          policy,
        },
      );

    const before = await fresh();
    assert.equal(kidOf(before), kidOf(body.pack.codes[0]));
    assert.equal((await gate(before)).admitted, true);

    running.time += 190_000;
    const after = await fresh();
    assert.notEqual(kidOf(after), kidOf(before));
    assert.equal((await gate(after)).admitted, true);
    // The phone that has been without a network shows what it was given under the old key.
    assert.equal((await gate(body.pack.codes[3]!)).admitted, true);
    assert.deepEqual(running.logged, []);
  });

  it('leaves a session and an application under way what they are', async () => {
    const { running, command } = operated;
    const holder = await Holder.create(running);
    const application = await holder.apply({ identity: await someGuest(running) });
    await command(['rotate-keys', '--after', '75']);
    running.time += 90_000;
    const { status, body } = await holder.complete(application);
    assert.equal(status, 200);
    assert.match(kidOf(body.pack.codes[0])!, /^c\w+$/);
  });
});
