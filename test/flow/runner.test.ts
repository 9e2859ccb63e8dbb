import { decodeProtectedHeader } from 'jose';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { LocationAnswer } from '../../widget/flow/ports.ts';
import { windowAt } from '../../widget/flow/code-clock.ts';
import {
  ask,
  minutes,
  hours,
  signIn,
  someGuest,
  startIssuer,
  type RunningIssuer,
} from '../issuer/running-issuer.ts';
import { Phone } from './phone.ts';

const day = hours(24);
let running: RunningIssuer;

const codeOf = ({ flow }: Phone) =>
  windowAt(flow.state.known.showing?.windows ?? [], flow.serverNow())?.code;
const statusOf = ({ flow: { state } }: Phone) =>
  state.screen.name === 'code' ? state.screen.status : undefined;
const outcomeOf = ({ flow: { state } }: Phone) =>
  state.screen.name === 'outcome' && state.screen.outcome.status === 'refused'
    ? state.screen.outcome.refusal.code
    : undefined;

/** A guest with a code on the screen. */
async function guestWithCode(phone = new Phone(running)): Promise<Phone> {
  phone.flow.open('application');
  await phone.submit('apply', await someGuest(running));
  assert.equal(statusOf(phone), 'live');
  return phone;
}

describe('the flow with a real issuer', () => {
  beforeEach(async () => {
    running = await startIssuer();
  });
  afterEach(async () => {
    assert.deepEqual(running.logged, [], 'the issuer found no fault of its own');
    await running.close();
  });

  it('R3, R13, R14: a guest goes from the list to a code, and the host hears of each step', async () => {
    const phone = new Phone(running);
    phone.flow.open('services');
    phone.flow.send({ type: 'open', screen: 'application' });
    await phone.submit('apply', await someGuest(running));
    assert.ok(codeOf(phone));
    assert.deepEqual(
      phone.told.map((event) => (event.name === 'step-changed' ? event.screen : event.name)),
      ['opened', 'application', 'liveness', 'outcome', 'issued', 'code', 'code-shown'],
    );
  });

  it('snapshots are frozen through and through', async () => {
    const phone = await guestWithCode();
    const { state } = phone.flow;
    for (const part of [state, state.known, state.known.showing, state.known.showing?.windows]) {
      assert.ok(Object.isFrozen(part));
    }
  });

  it('R15, B1: without a network the code changes every 60 seconds until the grant’s end', async () => {
    const phone = await guestWithCode();
    phone.connect(false);
    const seen = new Set<string | undefined>();
    for (let minute = 0; minute < 30; minute++) {
      seen.add(codeOf(phone));
      phone.pass(minutes(1));
    }
    assert.equal(seen.size, 30);
    assert.equal(seen.has(undefined), false);
    assert.equal(statusOf(phone), 'verification-required', 'R17');
    assert.equal(codeOf(phone), undefined);
  });

  it('R16: 刷新 brings a new code at once; without a network the pack stays and it is said', async () => {
    const phone = await guestWithCode();
    const first = codeOf(phone);
    phone.pass(5000);
    phone.flow.send({ type: 'refresh' });
    await phone.until(() => codeOf(phone) !== first, 'waited for another code');
    phone.connect(false);
    const second = codeOf(phone);
    phone.flow.send({ type: 'refresh' });
    const { screen } = phone.flow.state;
    assert.equal(screen.name === 'code' && screen.refusal?.code, 'no-connection');
    assert.equal(codeOf(phone), second);
  });

  it('R17, R20: after 30 minutes a guest looks again by a new check, without an application', async () => {
    const phone = await guestWithCode();
    const number = phone.flow.state.known.showing?.proof.number;
    phone.pass(minutes(30));
    phone.flow.send({ type: 'verify-again' });
    await phone.arriveAt('liveness');
    phone.flow.send({ type: 'start-liveness' });
    await phone.until(() => statusOf(phone) === 'live', 'waited for the code');
    assert.equal(phone.flow.state.known.showing?.proof.number, number);
    assert.equal(phone.told.filter(({ name }) => name === 'issued').length, 1);
  });

  it('R10: after 24 hours the proof has ended', async () => {
    const phone = await guestWithCode();
    phone.pass(day - 1000);
    assert.equal(statusOf(phone), 'verification-required');
    phone.pass(1000);
    assert.equal(statusOf(phone), 'proof-ended');
    assert.equal(phone.clock.pending, 0, 'nothing ticks when nothing can change any more');
  });

  it('B3: a phone clock that is a day wrong changes nothing', async () => {
    for (const wrongBy of [-day, day]) {
      const phone = await guestWithCode(new Phone(running, { wrongBy }));
      assert.equal(phone.flow.serverNow(), running.time);
      const first = codeOf(phone);
      phone.pass(minutes(1));
      assert.notEqual(codeOf(phone), first);
      phone.pass(minutes(29));
      assert.equal(statusOf(phone), 'verification-required');
    }
  });

  it('B3: a phone clock set a day off while the code is open costs no code', async () => {
    for (const jump of [-day, day]) {
      const phone = await guestWithCode();
      const code = codeOf(phone);
      phone.clock.now += jump;
      phone.clock.advance(1000);
      running.time += 1000;
      await phone.quiet();
      assert.equal(statusOf(phone), 'live');
      assert.equal(codeOf(phone), code);
      assert.ok(Math.abs(phone.flow.serverNow() - running.time) < 1000);
    }
  });

  it('B3: set off without a network, the code is hidden at most, and is there when it is set back', async () => {
    const phone = await guestWithCode();
    phone.connect(false);
    const code = codeOf(phone);
    phone.clock.now += day;
    phone.clock.advance(1000);
    assert.equal(statusOf(phone), 'proof-ended');
    phone.clock.now -= day;
    phone.clock.advance(1000);
    assert.equal(statusOf(phone), 'live');
    assert.equal(codeOf(phone), code);
  });

  it('B1: after 20 minutes of sleep the right window shows, and after 40 none (R17)', async () => {
    const phone = await guestWithCode();
    const windows = phone.flow.state.known.showing?.windows ?? [];
    for (const online of [false, true]) {
      phone.connect(online);
      phone.clock.now += minutes(10);
      running.time += minutes(10);
      phone.listeners?.returned(false);
      await phone.quiet();
      assert.equal(codeOf(phone), windows[online ? 20 : 10]?.code);
    }
    phone.clock.now += minutes(20);
    running.time += minutes(20);
    phone.listeners?.returned(false);
    assert.equal(statusOf(phone), 'verification-required', 'at once');
    await phone.quiet();
    assert.deepEqual(phone.flow.state.known.showing?.windows, [], 'and for good');
  });

  it('B3: the server’s clock is asked for before a check that ends by it', async () => {
    const phone = new Phone(running, { wrongBy: day });
    phone.online = false;
    phone.flow.open('application');
    await phone.quiet();
    assert.equal(phone.flow.state.screen.name, 'readiness');
    phone.connect(true);
    await phone.arriveAt('application');
    // Tries that began without a network have pauses between them.
    const { flow } = phone;
    await phone.waitUntil(
      () => flow.state.known.location.status === 'found',
      'waited for the place',
    );
    await phone.submit('apply', await someGuest(running));
    assert.equal(statusOf(phone), 'live');
  });

  it('R18: a guest who leaves keeps nothing, and nothing of a guest ever lies in the vault', async () => {
    for (const leave of [
      (phone: Phone) => phone.listeners?.left(),
      (phone: Phone) => phone.listeners?.returned(true),
      (phone: Phone) => phone.flow.close(),
    ]) {
      const phone = await guestWithCode();
      leave(phone);
      const { known, screen } = phone.flow.state;
      assert.deepEqual(
        [known.showing, known.draft, screen.name],
        [undefined, undefined, 'application'],
      );
      assert.equal(phone.vault.content, undefined);
      phone.flow.open('code');
      await phone.quiet();
      assert.equal(codeOf(phone), undefined);
    }
  });

  it('R18: a guest who reloads on the code is told that the proof is there and how to see it', async () => {
    const first = await guestWithCode();
    const until = first.flow.state.known.showing?.proof.validUntil;
    const second = first.reload();
    second.flow.open('code');
    await second.until(() => second.flow.state.known.guestProofUntil === until, 'the word left');
    await second.until(() => second.flow.state.known.location.status === 'found', 'the place, too');
    await second.flow.signOut();
    assert.equal(second.note, undefined);
    assert.equal(second.flow.state.known.guestProofUntil, undefined);
  });

  it('B4: what is missing is named before the form, and the form opens when it is mended', async () => {
    const phone = new Phone(running);
    phone.obstacles = ['location-blocked'];
    phone.locate = () => ({ ok: false, reason: 'blocked' });
    phone.flow.open('application');
    await phone.arriveAt('readiness');
    phone.obstacles = [];
    phone.locate = new Phone(running).locate;
    phone.listeners?.returned(false);
    await phone.arriveAt('application');
    await phone.submit('apply', await someGuest(running));
    assert.equal(statusOf(phone), 'live');
  });

  it('B4: a missing network is named, and gone by itself when it is back', async () => {
    const phone = new Phone(running);
    phone.online = false;
    phone.flow.open('application');
    await phone.arriveAt('readiness');
    phone.connect(true);
    await phone.arriveAt('application');
  });

  it('B3, B4: a wrong clock is mentioned once the server’s is known, and stops nobody', async () => {
    const phone = new Phone(running, { wrongBy: hours(1) });
    phone.flow.open('application');
    await phone.until(
      () => phone.flow.state.known.obstacles.includes('clock-wrong'),
      'waited for the clock to be judged',
    );
    assert.equal(phone.flow.state.screen.name, 'application');
  });

  it('the paper windows last found are there without a network', async () => {
    const first = await guestWithCode();
    const second = first.reload();
    second.online = false;
    second.flow.open('help');
    await second.until(() => second.flow.state.known.lastPlace !== undefined, 'the place');
    assert.ok(second.flow.state.known.lastPlace?.windows.length);
  });

  it('R18: the key of a guest who has left signs nothing more', async () => {
    const phone = new Phone(running);
    const keys = new Set<string>();
    phone.onSend = ({ headers }) => {
      const proof = headers.get('DPoP');
      if (proof) keys.add(JSON.stringify(decodeProtectedHeader(proof).jwk));
    };
    await guestWithCode(phone);
    assert.equal(keys.size, 1);
    phone.listeners?.left();
    phone.flow.send({ type: 'locate' });
    await phone.submit('view', await someGuest(running));
    assert.equal(keys.size, 2);
  });

  it('R6: of two askings for the location, only the later one’s answer counts', async () => {
    const phone = new Phone(running);
    let answerFirst: ((answer: LocationAnswer) => void) | undefined;
    const found = phone.locate;
    phone.locate = () =>
      new Promise((resolve) => {
        answerFirst = resolve;
      });
    phone.flow.open('application');
    phone.locate = found;
    phone.onSend = ({ url }) => {
      if (url.endsWith('/v1/places')) answerFirst?.({ ok: false, reason: 'denied' });
    };
    phone.flow.send({ type: 'locate' });
    await phone.until(() => phone.flow.state.known.location.status !== 'asking', 'an answer');
    assert.equal(phone.flow.state.known.location.status, 'found');
  });

  it('R6: each failure of the phone reaches the screen, and nothing is sent', async () => {
    for (const reason of [
      'denied',
      'blocked',
      'unavailable',
      'timeout',
      'unanswered',
      'no-answer',
      'unsupported',
    ] as const) {
      const phone = new Phone(running);
      phone.locate = () => ({ ok: false, reason });
      phone.flow.open('application');
      await phone.until(() => phone.flow.state.known.location.status === 'failed', reason);
      phone.flow.send({
        type: 'submit',
        purpose: 'apply',
        identity: await someGuest(running),
        consent: true,
      });
      await phone.quiet();
      assert.deepEqual(phone.requests, ['GET /.well-known/boarding-id']);
    }
  });

  it('R14: who fails the check is refused', async () => {
    const phone = new Phone(running);
    const session = await signIn(running, 'liveness-fails');
    phone.session = async () => session;
    phone.check = async (transaction) => {
      await phone.passCheck(transaction);
      await phone.passCheck(transaction);
      return phone.passCheck(transaction);
    };
    phone.flow.open('application');
    await phone.until(() => phone.flow.state.known.me !== undefined, 'waited for the identity');
    await phone.submit('apply');
    assert.equal(outcomeOf(phone), 'liveness-failed');
    assert.deepEqual(phone.told.at(-1), { name: 'refused', code: 'liveness-failed' });
    assert.equal(phone.vault.content?.application, undefined);
  });

  it('B6: a check whose answer is lost is completed by the next try, and issues one proof', async () => {
    const phone = new Phone(running);
    let lost = 0;
    phone.flow.open('application');
    const answering = running.server.app.request.bind(running.server.app);
    running.server.app.request = async (...request) => {
      const answer = await answering(...request);
      const [input] = request;
      if (input instanceof Request && input.url.endsWith('/liveness') && lost++ === 0) {
        queueMicrotask(() => setImmediate(() => phone.clock.advance(1000)));
        throw new TypeError('the answer was lost');
      }
      return answer;
    };
    await phone.submit('apply', await someGuest(running));
    assert.equal(lost, 2);
    assert.equal(statusOf(phone), 'live');
    assert.equal(phone.told.filter(({ name }) => name === 'issued').length, 1);
  });

  it('R14: a review that takes longer is asked about until it is decided', async () => {
    await ask(running, 'POST', '/mock/review', { body: { late: true } });
    const phone = new Phone(running);
    phone.flow.open('application');
    await phone.submit('apply', await someGuest(running));
    const { screen } = phone.flow.state;
    assert.equal(screen.name === 'outcome' && screen.outcome.status, 'pending');
    await ask(running, 'POST', '/mock/review/decisions', { body: { approve: true } });
    phone.pass(2000);
    await phone.until(() => {
      const { screen } = phone.flow.state;
      return screen.name === 'outcome' && screen.outcome.status === 'approved';
    }, 'waited for the decision');
    assert.equal(phone.told.at(-1)?.name, 'issued');
  });

  it('an answer that comes after the traveller has gone back is dropped', async () => {
    const phone = new Phone(running);
    phone.flow.open('application');
    await phone.until(() => phone.flow.state.known.location.status === 'found', 'the place');
    phone.flow.send({
      type: 'submit',
      purpose: 'apply',
      identity: await someGuest(running),
      consent: true,
    });
    phone.flow.send({ type: 'back' });
    await phone.quiet();
    assert.equal(phone.flow.state.screen.name, 'services');
  });

  it('scan mode keeps the screen awake for as long as the code is shown', async () => {
    const phone = await guestWithCode();
    phone.flow.send({ type: 'scan-mode', on: true });
    assert.equal(phone.awake, true);
    phone.pass(minutes(30));
    assert.equal(phone.awake, false);
  });

  it('back from the list closes, tells the host so, and leaves nothing running', async () => {
    const phone = await guestWithCode();
    phone.flow.send({ type: 'back' });
    phone.flow.send({ type: 'back' });
    assert.deepEqual(phone.told.at(-1), { name: 'closed', reason: 'finished' });
    assert.equal(phone.listeners, undefined);
    await phone.quiet();
    assert.equal(phone.clock.pending, 0);
  });
});
