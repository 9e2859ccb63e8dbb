import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { CloseReason } from '../../widget/flow/effects.ts';
import { signIn, someGuest, startIssuer, type RunningIssuer } from '../issuer/running-issuer.ts';
import { MemoryVault, Phone } from './phone.ts';

let running: RunningIssuer;

/** The host's own way out of whatever stands in front. */
function leave(phone: Phone): void {
  while (phone.flow.state.screen.name !== 'services') phone.flow.send({ type: 'back' });
  phone.flow.send({ type: 'back' });
}

const endings = ({ told }: Phone): CloseReason[] =>
  told.flatMap((event) => (event.name === 'closed' ? [event.reason] : []));
const errors = ({ told }: Phone): string[] =>
  told.flatMap((event) => (event.name === 'error' ? [event.code] : []));

/** Every answer to a check is a refusal. */
const refuses = async () => ({ status: 'refused', code: 'liveness-failed' }) as const;

async function withCode(phone: Phone): Promise<Phone> {
  phone.flow.open('application');
  await phone.submit('apply', await someGuest(running));
  return phone;
}

describe('B5: what the host is told of a visit', () => {
  beforeEach(async () => {
    running = await startIssuer();
  });
  afterEach(() => running.close());

  it('begins with opened, at the screen that was asked for, and opens once', () => {
    const phone = new Phone(running);
    phone.flow.open('help');
    phone.flow.open('services');
    assert.deepEqual(phone.told[0], { name: 'opened', screen: 'help' });
    assert.equal(phone.told.filter(({ name }) => name === 'opened').length, 1);
  });

  it('ends with closed, once, and begins anew when it is opened again', () => {
    const phone = new Phone(running);
    phone.flow.open('services');
    phone.flow.close();
    phone.flow.close();
    phone.flow.open('services');
    assert.deepEqual(
      phone.told.map(({ name }) => name),
      ['opened', 'closed', 'opened'],
    );
  });

  it('the traveller asks before leaving, and a host that says no keeps the visit', async () => {
    const phone = new Phone(running);
    phone.allows = ({ name }) => name !== 'close-request';
    phone.flow.open('services');
    phone.flow.send({ type: 'back' });
    phone.flow.send({ type: 'back', source: 'host' });
    assert.deepEqual(phone.told.slice(1), [
      { name: 'close-request', source: 'screen' },
      { name: 'close-request', source: 'host' },
    ]);
    assert.ok(phone.listeners, 'the visit goes on');
    phone.allows = () => true;
    phone.flow.send({ type: 'back' });
    assert.deepEqual(endings(phone), ['user']);
  });

  it('a host that closes is not asked', () => {
    const phone = new Phone(running);
    phone.allows = () => false;
    phone.flow.open('services');
    phone.flow.close();
    assert.deepEqual(
      phone.told.map(({ name }) => name),
      ['opened', 'closed'],
    );
  });

  it('says how it ended: by the traveller, with a code, with a refusal, by the host', async () => {
    const untouched = new Phone(running);
    untouched.flow.open('application');
    leave(untouched);
    assert.deepEqual(endings(untouched), ['user']);

    const finished = await withCode(new Phone(running));
    leave(finished);
    assert.deepEqual(endings(finished), ['finished']);

    const refused = new Phone(running);
    refused.check = refuses;
    await withCode(refused);
    leave(refused);
    assert.deepEqual(endings(refused), ['refused']);

    const byHost = await withCode(new Phone(running));
    byHost.flow.close();
    assert.deepEqual(endings(byHost), ['host']);
  });

  it('a refusal before the code, or after it, leaves the visit finished', async () => {
    const phone = new Phone(running);
    phone.check = refuses;
    await withCode(phone);
    phone.check = (transaction) => phone.passCheck(transaction);
    phone.flow.send({ type: 'retry' });
    await phone.submit('apply', await someGuest(running));
    phone.connect(false);
    phone.flow.send({ type: 'refresh' });
    leave(phone);
    assert.deepEqual(endings(phone), ['finished']);
  });

  it('a phone that can gives a sign in the hand: a proof, or a refusal', async () => {
    const phone = new Phone(running);
    phone.check = refuses;
    await withCode(phone);
    assert.deepEqual(phone.felt, ['failure']);
    phone.check = (transaction) => phone.passCheck(transaction);
    phone.flow.send({ type: 'retry' });
    await phone.submit('apply', await someGuest(running));
    assert.deepEqual(phone.felt, ['failure', 'success']);
  });

  it('settings are opened where the host can, and nowhere else', async () => {
    const phone = new Phone(running);
    phone.flow.open('application');
    await phone.quiet();
    phone.flow.send({ type: 'open-settings', of: 'location' });
    assert.deepEqual(phone.felt, []);
    const native = new Phone(running);
    native.opensSettings = true;
    native.flow.open('application');
    await native.until(() => native.flow.state.known.opensSettings, 'waited for the host');
    native.flow.send({ type: 'open-settings', of: 'location' });
    assert.deepEqual(native.felt, ['settings of location']);
  });

  it('how one visit ended says nothing of the next', async () => {
    const phone = await withCode(new Phone(running));
    leave(phone);
    phone.flow.open('services');
    leave(phone);
    assert.deepEqual(endings(phone), ['finished', 'user']);
  });

  for (const [session, code] of [
    [() => Promise.reject(new Error('no network')), 'session-unavailable'],
    [() => Promise.resolve('no token'), 'session-unreadable'],
  ] as const) {
    it(`names a session that is of no use: ${code}`, async () => {
      const phone = new Phone(running, { session });
      phone.flow.open('services');
      await phone.until(() => errors(phone).length > 0, 'waited for the error');
      assert.deepEqual(errors(phone), [code]);
    });
  }

  it('names a browser that keeps nothing, once, and only where it was to keep something', async () => {
    const vault = new MemoryVault();
    vault.refusesToWrite = true;
    const session = await signIn(running, 'adult');
    const registered = new Phone(running, { vault, session: async () => session });
    registered.flow.open('application');
    await registered.until(() => registered.flow.state.known.me !== undefined, 'waited for me');
    await registered.submit('apply');
    registered.flow.send({ type: 'refresh' });
    await registered.quiet();
    assert.deepEqual(errors(registered), ['storage-refused']);

    const guest = new Phone(running, { vault });
    await withCode(guest);
    assert.deepEqual(errors(guest), []);
  });

  it('R19: a code that is there when the component opens again is told of again, and finishes', async () => {
    const session = await signIn(running, 'adult');
    const phone = new Phone(running, { session: async () => session });
    phone.flow.open('application');
    await phone.until(() => phone.flow.state.known.me !== undefined, 'waited for me');
    await phone.submit('apply');
    phone.flow.close();
    phone.told.length = 0;
    phone.flow.open('code');
    await phone.quiet();
    leave(phone);
    assert.deepEqual(
      phone.told.filter(({ name }) => name !== 'step-changed' && name !== 'close-request'),
      [
        { name: 'opened', screen: 'code' },
        { name: 'code-shown' },
        { name: 'closed', reason: 'finished' },
      ],
    );
  });

  it('B7: nothing that is told says who it is about', async () => {
    const guest = await someGuest(running);
    const phone = new Phone(running);
    phone.flow.open('application');
    await phone.submit('apply', guest);
    leave(phone);
    const said = JSON.stringify(phone.told);
    for (const secret of [guest.name, guest.number.slice(0, 6), guest.number.slice(-4)]) {
      assert.ok(!said.includes(secret), secret);
    }
  });
});
