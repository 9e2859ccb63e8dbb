import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import {
  ask,
  minutes,
  signIn,
  someGuest,
  startIssuer,
  type RunningIssuer,
} from '../issuer/running-issuer.ts';
import { faults } from './network-faults.ts';
import { MemoryVault, Phone, type Network } from './phone.ts';

let running: RunningIssuer;

const outcomeOf = ({ flow: { state } }: Phone) =>
  state.screen.name === 'outcome' ? state.screen.outcome : undefined;
const statusOf = (phone: Phone) => outcomeOf(phone)?.status;
const refusalOf = (phone: Phone) => {
  const outcome = outcomeOf(phone);
  return outcome?.status === 'refused' ? outcome.refusal.code : undefined;
};
const isShown = ({ flow: { state } }: Phone) =>
  state.screen.name === 'code' && state.screen.status === 'live';
const proofs = () => running.store.selectFrom('proofs').selectAll().execute();
const sent = (phone: Phone, ending: string) =>
  phone.requests.filter((request) => request.endsWith(ending)).length;

/** Fails whatever hands a passed check in, until it is told that all is well. */
function failing(phone: Phone, fault: Network): () => void {
  phone.network = (request, forward) =>
    request.url.endsWith('/liveness') ? fault(request, forward) : forward(request);
  return () => (phone.network = (request, forward) => forward(request));
}

/** Passes the check of an application whose answer does not come. */
async function unconfirmed(phone: Phone, fault: Network): Promise<() => void> {
  const mend = failing(phone, fault);
  const { flow } = phone;
  flow.open('application');
  await phone.waitUntil(() => flow.state.known.location.status === 'found', 'no city');
  const identity = flow.state.known.registered ? undefined : await someGuest(running);
  flow.send({ type: 'submit', purpose: 'apply', identity, consent: true });
  await phone.arriveAt('liveness');
  flow.send({ type: 'start-liveness' });
  await phone.waitUntil(() => statusOf(phone) === 'unconfirmed', 'not told');
  return mend;
}

async function user(vault = new MemoryVault()): Promise<Phone> {
  const session = await signIn(running, 'adult');
  return new Phone(running, { session: async () => session, vault });
}

describe('a check that was handed in, and whose answer does not come (B6)', () => {
  beforeEach(async () => {
    running = await startIssuer();
  });
  afterEach(async () => {
    assert.deepEqual(running.logged, [], 'the issuer found no fault of its own');
    await running.close();
  });

  it('goes on at once when the network is back, with the same assertion and one proof', async () => {
    const phone = new Phone(running);
    await unconfirmed(phone, faults['its answer is lost']);
    phone.connect(false);
    phone.network = (request, forward) => forward(request);
    const before = running.time;
    phone.connect(true);
    assert.equal(statusOf(phone), 'waiting');
    await phone.until(() => isShown(phone), 'waited for the code');
    assert.equal(running.time, before, 'no time has passed');
    assert.equal((await proofs()).length, 1);
    assert.deepEqual(phone.told.filter(({ name }) => name === 'issued').length, 1);
    assert.ok(!phone.told.some(({ name }) => name === 'refused'));
  });

  it('goes on by itself on a network that comes back without the browser noticing', async () => {
    const phone = new Phone(running);
    const mend = await unconfirmed(phone, faults['its request is lost']);
    mend();
    await phone.waitUntil(() => isShown(phone), 'not asked again');
    assert.equal((await proofs()).length, 1);
  });

  it('waits as long as the issuer says, and a double tap on 重试 asks once', async () => {
    const phone = new Phone(running);
    const busy: Network = async () =>
      new Response('', { status: 503, headers: { 'Retry-After': '60' } });
    const mend = await unconfirmed(phone, busy);
    const before = sent(phone, '/liveness');
    assert.equal(before, 1, 'longer than ten seconds is not waited for without a word');
    phone.pass(59_000);
    await phone.quiet();
    assert.equal(sent(phone, '/liveness'), before);
    mend();
    phone.flow.send({ type: 'retry' });
    phone.flow.send({ type: 'retry' });
    await phone.until(() => isShown(phone), 'waited for the code');
    assert.equal(sent(phone, '/liveness'), before + 1);
  });

  it('after the assertion is over shows what has come of the application: issued', async () => {
    const phone = new Phone(running);
    const mend = await unconfirmed(phone, faults['its answer is lost']);
    phone.online = false;
    phone.pass(minutes(3));
    phone.online = true;
    mend();
    await phone.waitUntil(() => statusOf(phone) === 'approved', 'not asked for the outcome');
    phone.flow.send({ type: 'verify-again' });
    await phone.arriveAt('liveness');
    phone.flow.send({ type: 'start-liveness' });
    await phone.until(() => isShown(phone), 'waited for the code');
    assert.equal((await proofs()).length, 1);
  });

  it('after the assertion is over says that nothing was used, if it never arrived', async () => {
    const phone = await user();
    const mend = await unconfirmed(phone, faults['its request is lost']);
    phone.online = false;
    phone.pass(minutes(3));
    phone.online = true;
    mend();
    await phone.waitUntil(() => refusalOf(phone) === 'liveness-undelivered', 'not told');
    assert.equal((await proofs()).length, 0);
    await phone.quiet();
    assert.equal(phone.vault.content, undefined);
    phone.flow.send({ type: 'retry' });
    await phone.submit('apply');
    assert.ok(isShown(phone));
    assert.equal(phone.flow.state.known.me?.applicationsLeft, 3);
  });

  it('after the assertion is over shows a review that goes on', async () => {
    await ask(running, 'POST', '/mock/review', { body: { late: true } });
    const phone = new Phone(running);
    const mend = await unconfirmed(phone, faults['its answer is lost']);
    phone.online = false;
    phone.pass(minutes(3));
    phone.online = true;
    mend();
    await phone.waitUntil(() => statusOf(phone) === 'pending', 'not pending');
    await ask(running, 'POST', '/mock/review/decisions', { body: { approve: true } });
    await phone.waitUntil(() => statusOf(phone) === 'approved', 'not told');
  });

  it('of a look leads back to where the check was asked for, and uses nothing', async () => {
    const phone = new Phone(running);
    phone.flow.open('application');
    await phone.submit('apply', await someGuest(running));
    phone.pass(minutes(30));
    const mend = failing(phone, faults['its request is lost']);
    phone.flow.send({ type: 'verify-again' });
    await phone.arriveAt('liveness');
    phone.flow.send({ type: 'start-liveness' });
    await phone.waitUntil(() => statusOf(phone) === 'unconfirmed', 'not told');
    phone.online = false;
    phone.pass(minutes(3));
    phone.online = true;
    mend();
    await phone.waitUntil(() => refusalOf(phone) === 'liveness-undelivered', 'not told');
    phone.flow.send({ type: 'retry' });
    const { screen } = phone.flow.state;
    assert.equal(screen.name === 'code' && screen.status, 'verification-required');
    assert.equal((await proofs()).length, 1);
  });

  it('can be left by 返回: the application is asked about, and its outcome told', async () => {
    for (const phone of [new Phone(running), await user()]) {
      const mend = await unconfirmed(phone, faults['its answer is lost']);
      mend();
      phone.flow.send({ type: 'back' });
      assert.equal(phone.flow.state.screen.name, 'application');
      await phone.waitUntil(() => statusOf(phone) === 'approved', 'not told');
    }
  });

  it('can be left by a reload: a registered user is told the outcome on return', async () => {
    const phone = await user();
    await unconfirmed(phone, faults['its answer is lost']);
    const next = phone.reload();
    next.flow.open('services');
    await next.waitUntil(() => statusOf(next) === 'approved', 'not told');
    assert.equal((await proofs()).length, 1);
  });

  it('a host that opens another screen meanwhile does not lose the answer', async () => {
    const phone = new Phone(running);
    let answer: (() => void) | undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    failing(phone, async (request, forward) => {
      const response = await forward(request);
      await held;
      return response;
    });
    const { flow } = phone;
    flow.open('application');
    await phone.until(() => flow.state.known.location.status === 'found', 'waited for the city');
    const identity = await someGuest(running);
    flow.send({ type: 'submit', purpose: 'apply', identity, consent: true });
    await phone.arriveAt('liveness');
    flow.send({ type: 'start-liveness' });
    await phone.until(() => sent(phone, '/liveness') === 1, 'waited for the request');
    flow.open('services');
    answer?.();
    await phone.until(() => isShown(phone), 'waited for the code');
  });

  it('a grant that another phone has ended since asks for one more check, by one tap', async () => {
    const identity = await someGuest(running);
    const first = new Phone(running);
    const second = new Phone(running);
    first.flow.open('application');
    second.flow.open('application');
    let tried = 0;
    failing(first, async (request, forward) => {
      const response = await forward(request);
      if (tried++ > 0) return response;
      await second.submit('apply', identity);
      throw new TypeError('cut off');
    });
    await first.until(() => first.flow.state.known.location.status === 'found', 'the city');
    first.flow.send({ type: 'submit', purpose: 'apply', identity, consent: true });
    await first.arriveAt('liveness');
    first.flow.send({ type: 'start-liveness' });
    await first.waitUntil(() => refusalOf(first) === 'verification-required', 'not told');
    first.flow.send({ type: 'verify-again' });
    await first.arriveAt('liveness');
    first.flow.send({ type: 'start-liveness' });
    await first.until(() => isShown(first), 'waited for the code');
    assert.equal((await proofs()).length, 1);
  });
});

describe('a slow network', () => {
  beforeEach(async () => {
    running = await startIssuer();
  });
  afterEach(() => running.close());

  it('is told of after four seconds, and no longer when the answer has come', async () => {
    const phone = new Phone(running);
    const { flow } = phone;
    const slow = () => flow.state.known.slow;
    let answer: (() => void) | undefined;
    phone.network = async (request, forward) => {
      if (request.url.endsWith('/v1/places')) {
        await new Promise<void>((resolve) => (answer = resolve));
      }
      return forward(request);
    };
    flow.open('application');
    await phone.until(() => sent(phone, '/v1/places') === 1, 'waited for the request');
    phone.pass(3999);
    assert.deepEqual(slow(), []);
    phone.pass(1);
    assert.deepEqual(slow(), ['location']);
    answer?.();
    await phone.until(() => flow.state.known.location.status === 'found', 'waited for the city');
    assert.deepEqual(slow(), []);
  });

  it('is not told of for a lane that was left', async () => {
    const phone = await user();
    phone.flow.open('application');
    await phone.until(() => phone.flow.state.known.me !== undefined, 'waited for the identity');
    phone.network = (request) =>
      new Promise((_, reject) => {
        request.signal.addEventListener('abort', () => reject(new Error('aborted')));
      });
    phone.flow.send({ type: 'open', screen: 'records' });
    await phone.until(() => sent(phone, '/v1/records') === 1, 'waited for the request');
    phone.pass(4000);
    assert.deepEqual(phone.flow.state.known.slow, ['records']);
    phone.flow.close();
    await phone.until(() => phone.flow.state.known.slow.length === 0, 'still slow');
  });
});
