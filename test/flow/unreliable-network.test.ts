import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { TypedIdentity } from '../../widget/protocol/messages/holder.ts';
import {
  minutes,
  signIn,
  someGuest,
  startIssuer,
  type RunningIssuer,
} from '../issuer/running-issuer.ts';
import { faultNames, faults } from './network-faults.ts';
import { Phone, type Network } from './phone.ts';

let running: RunningIssuer;

/** A traveller on a network that fails one kind of call. */
class BadDay {
  readonly phone: Phone;
  readonly identity: TypedIdentity | undefined;
  taps = 0;
  /** How often the call still fails. */
  left: number;

  constructor(
    phone: Phone,
    identity: TypedIdentity | undefined,
    call: string,
    fault: Network,
    times: number,
  ) {
    this.phone = phone;
    this.identity = identity;
    this.left = times;
    phone.network = (request, forward) => {
      const path = new URL(request.url).pathname.replace(/(applications|views)\/[^/]+/, '$1/:id');
      if (`${request.method} ${path}` !== call || this.left === 0) return forward(request);
      this.left--;
      return fault(request, forward);
    };
  }

  get state() {
    return this.phone.flow.state;
  }

  /** Something failed for now, and the screen says so. */
  private saysSo(): boolean {
    const { screen, known } = this.state;
    if (screen.name === 'outcome') return screen.outcome.status === 'unconfirmed';
    if (screen.name === 'application' && screen.busy) return false;
    if (screen.name === 'application' && known.location.status === 'unnamed') return true;
    return 'refusal' in screen && screen.refusal !== undefined;
  }

  /** Does a step of the journey; if it is told that it failed, the network gets well and it taps once. */
  async does(what: string, act: () => void, isDone: () => boolean, tap = act): Promise<void> {
    const { phone } = this;
    act();
    await phone.waitUntil(() => isDone() || this.saysSo(), what);
    if (isDone()) return;
    this.taps++;
    this.left = 0;
    tap();
    await phone.waitUntil(isDone, `${what}, after one tap`);
  }

  readonly isShown = () => this.state.screen.name === 'code' && this.isLive();
  private isLive = () => {
    const { screen } = this.state;
    return screen.name === 'code' && screen.status === 'live' && !screen.refreshing;
  };

  async obtains(): Promise<void> {
    const { flow } = this.phone;
    const { identity } = this;
    const retry = () => flow.send({ type: 'retry' });
    await this.does(
      'its city',
      () => flow.open('application'),
      () => this.state.known.location.status === 'found',
      retry,
    );
    await this.does(
      'an application',
      () => flow.send({ type: 'submit', purpose: 'apply', identity, consent: true }),
      () => this.state.screen.name === 'liveness',
    );
    await this.does('a code', () => flow.send({ type: 'start-liveness' }), this.isShown, retry);
  }

  async refreshes(): Promise<void> {
    const before = this.state.known.showing?.windows[0]?.code;
    this.phone.pass(1000);
    await this.does(
      'another code',
      () => this.phone.flow.send({ type: 'refresh' }),
      () => this.isShown() && this.state.known.showing?.windows[0]?.code !== before,
    );
  }

  async verifiesAgain(): Promise<void> {
    const { flow } = this.phone;
    this.phone.pass(minutes(30));
    await this.does(
      'a check',
      () => flow.send({ type: 'verify-again' }),
      () => this.state.screen.name === 'liveness',
    );
    await this.does(
      'a code again',
      () => flow.send({ type: 'start-liveness' }),
      this.isShown,
      () => flow.send({ type: 'retry' }),
    );
  }
}

/** All is done but that the answer is kept: whoever asks again finds the key claimed, and nobody at work. */
const serverDies: Network = async (request, forward) => {
  await forward(request);
  await running.store
    .updateTable('idempotency_keys')
    .set({ answer: null, grant_id: null })
    .where('key', '=', request.headers.get('Idempotency-Key'))
    .execute();
  throw new TypeError('cut off');
};

const proofs = () => running.store.selectFrom('proofs').selectAll().execute();

const creatingCalls = [
  'POST /v1/applications',
  'POST /v1/applications/:id/liveness',
  'POST /v1/codes',
  'POST /v1/views',
  'POST /v1/views/:id/liveness',
] as const;
const guestCalls = ['GET /.well-known/boarding-id', 'POST /v1/places', ...creatingCalls] as const;
const registeredCalls = [
  'GET /v1/me',
  'POST /v1/applications/:id/liveness',
  'GET /v1/records',
  'DELETE /v1/grants',
] as const;

async function guestsDay(call: string, fault: Network, times: number): Promise<BadDay> {
  const day = new BadDay(new Phone(running), await someGuest(running), call, fault, times);
  const before = (await proofs()).length;
  await day.obtains();
  await day.refreshes();
  await day.verifiesAgain();
  assert.equal((await proofs()).length, before + 1, 'one proof, whatever was lost');
  return day;
}

async function usersDay(call: string, fault: Network, times: number): Promise<BadDay> {
  const session = await signIn(running, 'adult');
  const phone = new Phone(running, { session: async () => session });
  const day = new BadDay(phone, undefined, call, fault, times);
  const { flow } = phone;
  const retry = () => flow.send({ type: 'retry' });
  await day.does(
    'who is signed in',
    () => flow.open('application'),
    () => day.state.known.me !== undefined,
    retry,
  );
  await day.obtains();
  await day.does(
    'the records',
    () => flow.send({ type: 'open', screen: 'records' }),
    () => day.state.screen.name === 'records' && day.state.screen.records !== undefined,
    retry,
  );
  const { screen } = day.state;
  assert.equal(screen.name === 'records' && screen.records?.records.length, 1);
  await phone.waitUntil(() => day.state.known.me?.applicationsLeft === 2, 'one application used');
  await phone.letRun(flow.signOut());
  const live = await running.store
    .selectFrom('grants')
    .selectAll()
    .where('ended_at', 'is', null)
    .execute();
  if (times < 3) assert.deepEqual(live, [], 'the grant has ended at the issuer');
  assert.equal(phone.vault.content, undefined);
  return day;
}

describe('B6: a call that fails once', () => {
  beforeEach(async () => {
    running = await startIssuer();
  });
  afterEach(() => running.close());

  for (const call of guestCalls) {
    it(`${call}, in whatever way, and a guest notices nothing but the time`, async () => {
      for (const fault of faultNames) {
        const day = await guestsDay(call, faults[fault], 1);
        assert.deepEqual([day.left, day.taps], [0, 0], fault);
      }
    });
  }
  for (const call of creatingCalls) {
    it(`${call}, because its server dies, and a guest notices nothing but the time`, async () => {
      const day = await guestsDay(call, serverDies, 1);
      assert.deepEqual([day.left, day.taps], [0, 0]);
    });
  }
  for (const call of registeredCalls) {
    it(`${call}, in whatever way, and a registered user notices nothing but the time`, async () => {
      for (const fault of faultNames) {
        await running.close();
        running = await startIssuer();
        const day = await usersDay(call, faults[fault], 1);
        assert.deepEqual([day.left, day.taps], [0, 0], fault);
      }
    });
  }
});

describe('B6: a call that fails until the network is well again', () => {
  beforeEach(async () => {
    running = await startIssuer();
  });
  afterEach(() => running.close());

  const lasting = faultNames.filter((name) => name !== 'the browser sends it twice');
  for (const call of guestCalls) {
    it(`${call}: the guest is told, and one tap goes on`, async () => {
      for (const fault of lasting) {
        const day = await guestsDay(call, faults[fault], Infinity);
        assert.equal(day.taps, 1, fault);
      }
    });
  }
  for (const call of registeredCalls) {
    it(`${call}: the user is told, and one tap goes on`, async () => {
      for (const fault of lasting) {
        await running.close();
        running = await startIssuer();
        const day = await usersDay(call, faults[fault], Infinity);
        assert.equal(day.taps, call === 'DELETE /v1/grants' ? 0 : 1, fault);
      }
    });
  }
});
