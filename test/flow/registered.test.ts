import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { windowAt } from '../../widget/flow/code-clock.ts';
import {
  ask,
  hours,
  minutes,
  signIn,
  someGuest,
  startIssuer,
  type RunningIssuer,
} from '../issuer/running-issuer.ts';
import { MemoryVault, Phone } from './phone.ts';

let running: RunningIssuer;

const codeOf = ({ flow }: Phone) =>
  windowAt(flow.state.known.showing?.windows ?? [], flow.serverNow())?.code;
const sessionOf = async (person: string) => {
  const session = await signIn(running, person);
  return async () => session;
};

/** A registered user with a code on the screen, and the pack in the vault. */
async function userWithCode(
  options: { vault?: MemoryVault; wrongBy?: number } = {},
): Promise<Phone> {
  const phone = new Phone(running, { ...options, session: await sessionOf('adult') });
  phone.flow.open('application');
  await phone.until(() => phone.flow.state.known.me !== undefined, 'waited for the identity');
  await phone.submit('apply');
  await phone.quiet();
  assert.ok(codeOf(phone));
  return phone;
}

describe('the flow for a registered user, with a real issuer', () => {
  beforeEach(async () => {
    running = await startIssuer();
  });
  afterEach(async () => {
    assert.deepEqual(running.logged, [], 'the issuer found no fault of its own');
    await running.close();
  });

  it('R4: finds the identity filled in, masked, and sends no identity', async () => {
    const bodies: Promise<string>[] = [];
    const phone = new Phone(running, { session: await sessionOf('adult') });
    phone.onSend = (request) => bodies.push(request.clone().text());
    phone.flow.open('application');
    await phone.until(() => phone.flow.state.known.me !== undefined, 'waited for the identity');
    assert.match(phone.flow.state.known.me?.holder.name ?? '', /\*/);
    await phone.submit('apply');
    for (const body of await Promise.all(bodies)) assert.doesNotMatch(body, /identity|\d{17}/);
  });

  it('B7: no name and no ID digit lies in the vault', async () => {
    const { vault, flow } = await userWithCode();
    const { holder } = flow.state.known.showing ?? {};
    const text = JSON.stringify(vault.content);
    assert.ok(holder && vault.content?.grant);
    assert.ok(!text.includes(holder.name) && !text.includes(holder.number));
    assert.deepEqual(Object.keys(vault.content).sort(), ['application', 'grant', 'key', 'user']);
    assert.equal(vault.content.key.privateKey.extractable, false);
  });

  it('R19, B1: a reload within 30 minutes opens the code again, without a network too', async () => {
    const first = await userWithCode();
    const code = codeOf(first);
    for (const online of [true, false]) {
      const second = first.reload();
      second.online = online;
      if (!online) second.session = () => Promise.reject(new Error('no network'));
      second.flow.open('code');
      await second.arriveAt('code');
      assert.equal(codeOf(second), code);
      second.flow.close();
    }
  });

  it('R19: whoever has a code in the vault is not asked where they are', async () => {
    const first = await userWithCode();
    for (const screen of ['code', 'application'] as const) {
      const second = first.reload();
      let asked = 0;
      second.locate = () => {
        asked++;
        return { ok: false, reason: 'denied' };
      };
      second.flow.open(screen);
      await second.arriveAt('code');
      await second.quiet();
      assert.equal(asked, 0);
      second.flow.send({ type: 'open', screen: 'services' });
      second.flow.close();
    }
  });

  it('B3: a reload without a network finds the right code on a phone whose clock is wrong', async () => {
    for (const wrongBy of [-hours(24), hours(24)]) {
      const vault = new MemoryVault();
      const first = await userWithCode({ vault, wrongBy });
      const second = first.reload({ wrongBy });
      second.online = false;
      second.flow.open('code');
      await second.arriveAt('code');
      assert.equal(codeOf(second), codeOf(first));
      assert.equal(second.flow.serverNow(), running.time);
    }
  });

  it('R19: the page of application, too, opens at the code', async () => {
    const second = (await userWithCode()).reload();
    second.flow.open('application');
    await second.arriveAt('code');
    await second.until(
      () => second.flow.state.known.showing?.holder !== undefined,
      'the masked name comes back from the issuer',
    );
  });

  it('R17: a reload after 30 minutes asks for a check, and it is a view', async () => {
    const first = await userWithCode();
    first.pass(minutes(30));
    const second = first.reload({ session: await sessionOf('adult') });
    second.flow.open('code');
    await second.until(() => second.flow.state.known.me?.proof !== undefined, 'the proof is known');
    assert.equal(codeOf(second), undefined);
    await second.submit('view');
    assert.ok(codeOf(second));
    assert.equal(second.flow.state.known.me?.applicationsLeft, 2, 'R20');
  });

  it('R19: signing out revokes, clears, tells the other tabs, and forgets', async () => {
    const phone = await userWithCode();
    await phone.flow.signOut();
    assert.ok(phone.requests.includes('DELETE /v1/grants'));
    assert.equal(phone.vault.content, undefined);
    assert.equal(phone.toldOtherTabs, 1);
    assert.equal(phone.flow.state.known.showing, undefined);
    assert.equal(phone.flow.state.known.registered, false);
  });

  it('R19: the code is gone at once, even if the network is too slow to revoke it', async () => {
    const phone = await userWithCode();
    phone.online = false;
    const leaving = phone.flow.signOut();
    await phone.quiet();
    assert.equal(codeOf(phone), undefined);
    assert.equal(phone.vault.content, undefined);
    await phone.letRun(leaving);
  });

  it('R19: signing out while it is still being found out who is there brings no code back', async () => {
    const second = (await userWithCode()).reload();
    const { read } = second.vault;
    let answer = (): void => undefined;
    second.vault.read = async () => {
      const content = await read();
      await new Promise<void>((resolve) => (answer = resolve));
      return content;
    };
    second.flow.open('code');
    await second.quiet();
    const recognise = answer;
    second.vault.read = read;
    await second.flow.signOut();
    recognise();
    await second.quiet();
    assert.equal(codeOf(second), undefined);
    assert.ok(!second.told.some(({ name }) => name === 'code-shown'));
    assert.equal(second.vault.content, undefined);
  });

  it('R19: whom the host has signed out elsewhere must verify again', async () => {
    const first = await userWithCode();
    const second = first.reload({ session: async () => undefined });
    second.flow.open('code');
    await second.until(() => second.requests.includes('DELETE /v1/grants'), 'revoked');
    await second.quiet();
    assert.equal(codeOf(second), undefined);
    assert.equal(second.vault.content, undefined);
  });

  it('R19: the host says so while the code is shown', async () => {
    const phone = await userWithCode();
    phone.session = async () => undefined;
    phone.flow.sessionChanged();
    await phone.until(() => codeOf(phone) === undefined, 'waited for the code to go');
    assert.equal(phone.vault.content, undefined);
  });

  it('R19: another tab signs out, or the browser’s data are cleared', async () => {
    const phone = await userWithCode();
    phone.listeners?.signedOutElsewhere();
    assert.equal(codeOf(phone), undefined);

    const cleared = await userWithCode({ vault: new MemoryVault() });
    cleared.vault.content = undefined;
    cleared.listeners?.returned(true);
    await cleared.until(() => codeOf(cleared) === undefined, 'waited for the code to go');
  });

  it('R19: data cleared while the page is open are noticed in front again, or by 刷新', async () => {
    const notices: ((phone: Phone) => void)[] = [
      ({ listeners }) => listeners?.returned(false),
      ({ flow }) => flow.send({ type: 'refresh' }),
      (phone) => {
        phone.connect(false);
        phone.flow.send({ type: 'refresh' });
      },
    ];
    for (const notice of notices) {
      const phone = await userWithCode({ vault: new MemoryVault() });
      phone.vault.content = undefined;
      notice(phone);
      await phone.until(() => codeOf(phone) === undefined, 'waited for the code to go');
      await phone.quiet();
      assert.equal(codeOf(phone), undefined, 'it does not come back either');
      assert.equal(phone.vault.content, undefined);
      assert.equal(phone.flow.state.known.registered, true, 'the host still knows the user');
      phone.flow.close();
    }
  });

  it('B1: a vault that cannot be looked into has not been cleared', async () => {
    const phone = await userWithCode();
    const code = codeOf(phone);
    phone.vault.isEmpty = async () => false;
    phone.vault.content = undefined;
    phone.listeners?.returned(false);
    await phone.quiet();
    assert.equal(codeOf(phone), code);
  });

  it('R18: a page that was said to be left and was not asks again who is there', async () => {
    const guest = new Phone(running);
    guest.flow.open('application');
    await guest.until(() => guest.flow.state.known.registered === false, 'waited for the host');
    guest.listeners?.left();
    assert.equal(guest.flow.state.known.registered, undefined);
    guest.listeners?.returned(false);
    await guest.until(() => guest.flow.state.known.registered === false, 'asked the host again');
  });

  it('nobody is shown another’s code: the next user finds the vault empty', async () => {
    const first = await userWithCode();
    const second = first.reload({ session: await sessionOf('minor') });
    second.flow.open('code');
    await second.until(() => second.flow.state.known.me !== undefined, 'waited for the identity');
    assert.equal(codeOf(second), undefined);
    assert.equal(second.vault.content, undefined);
    await second.until(() => second.requests.includes('DELETE /v1/grants'), 'revoked');
  });

  it('a guest who signs in leaves the guest’s code behind', async () => {
    const phone = new Phone(running);
    phone.flow.open('application');
    await phone.submit('apply', await someGuest(running));
    assert.ok(codeOf(phone));
    phone.session = await sessionOf('adult');
    phone.flow.sessionChanged();
    await phone.until(() => phone.flow.state.known.registered === true, 'waited for the session');
    assert.equal(codeOf(phone), undefined);
  });

  it('until the host has said how to ask for a session, the vault rests', async () => {
    const first = await userWithCode();
    const second = first.reload();
    second.sessionGiven = false;
    second.flow.open('code');
    await second.quiet();
    assert.equal(codeOf(second), undefined);
    assert.ok(second.vault.content);
    second.sessionGiven = true;
    second.flow.sessionChanged();
    await second.until(() => second.flow.state.known.showing !== undefined, 'restored');
  });

  it('R19: the code stands on the screen only when it lies in the vault', async () => {
    const phone = new Phone(running, { session: await sessionOf('adult') });
    phone.flow.open('application');
    await phone.until(() => phone.flow.state.known.me !== undefined, 'waited for the identity');
    let write = () => {};
    phone.vault.ready = new Promise((resolve) => (write = resolve));
    await phone.beginCheck('apply');
    await phone.quiet();
    assert.notEqual(phone.flow.state.screen.name, 'code');
    assert.equal(await phone.vault.read(), undefined);
    write();
    await phone.arriveAt('code');
    assert.ok((await phone.vault.read())?.grant);
  });

  it('R19: storage that hangs holds the code back for a second', async () => {
    const phone = new Phone(running, { session: await sessionOf('adult') });
    phone.flow.open('application');
    await phone.until(() => phone.flow.state.known.me !== undefined, 'waited for the identity');
    phone.vault.ready = new Promise(() => {});
    await phone.beginCheck('apply');
    await phone.quiet();
    phone.pass(1000);
    await phone.arriveAt('code');
  });

  it('R19: a user who closes the component in that moment has no code that nobody knows of', async () => {
    const phone = new Phone(running, { session: await sessionOf('adult') });
    phone.flow.open('application');
    await phone.until(() => phone.flow.state.known.me !== undefined, 'waited for the identity');
    let write = () => {};
    phone.vault.ready = new Promise((resolve) => (write = resolve));
    await phone.beginCheck('apply');
    await phone.quiet();
    phone.flow.close();
    write();
    await phone.quiet();
    assert.equal(await phone.vault.read(), undefined);
  });

  it('R18: where the browser refuses to store, guest rules hold', async () => {
    const vault = new MemoryVault();
    vault.refusesToWrite = true;
    const phone = await userWithCode({ vault });
    assert.equal(phone.flow.state.known.storageRefused, true, 'and it is said');
    phone.listeners?.left();
    assert.equal(phone.flow.state.known.showing, undefined);
  });

  it('R19: signing out takes the place last found with it', async () => {
    const phone = await userWithCode();
    assert.ok(phone.vault.place);
    await phone.flow.signOut();
    assert.equal(phone.vault.place, undefined);
    assert.equal(phone.flow.state.known.lastPlace, undefined);
  });

  it('R4, R19: data cleared while somebody is signed in bring no guest’s form, not for a moment', async () => {
    const phone = await userWithCode();
    const seen: unknown[] = [];
    phone.flow.subscribe(() => seen.push(phone.flow.state.known.registered));
    phone.vault.content = undefined;
    phone.listeners?.returned(false);
    await phone.until(() => phone.flow.state.screen.name === 'application', 'waited for the form');
    await phone.until(() => phone.flow.state.known.me !== undefined, 'waited for the identity');
    assert.ok(seen.includes(undefined) && seen.at(-1) === true && !seen.includes(false));
  });

  it('R19: after the host has signed out nobody is signed in, though it is not asked again', async () => {
    const phone = await userWithCode();
    await phone.flow.signOut();
    assert.equal(phone.flow.state.known.registered, false);
  });

  it('R19: merely leaving keeps the code', async () => {
    const phone = await userWithCode();
    phone.listeners?.left();
    phone.listeners?.returned(true);
    await phone.quiet();
    assert.ok(codeOf(phone));
    phone.flow.close();
    phone.flow.open('code');
    assert.ok(codeOf(phone));
  });

  it('a registered tab uses the key that another tab of the same user has made', async () => {
    const first = await userWithCode();
    const second = new Phone(running, { vault: first.vault, session: first.session });
    second.flow.open('code');
    await second.arriveAt('code');
    second.flow.send({ type: 'refresh' });
    const code = codeOf(second);
    first.pass(1000);
    second.clock.advance(1000);
    await second.until(() => codeOf(second) !== code, 'the grant is bound to this key');
  });

  it('B6: a review under way is found again after a reload, and its outcome shown', async () => {
    await ask(running, 'POST', '/mock/review', { body: { late: true } });
    const first = new Phone(running, { session: await sessionOf('adult') });
    first.flow.open('application');
    await first.until(() => first.flow.state.known.me !== undefined, 'waited for the identity');
    await first.submit('apply');
    await first.quiet();
    assert.ok(first.vault.content?.application);

    await ask(running, 'POST', '/mock/review/decisions', { body: { approve: true } });
    const second = first.reload();
    second.flow.open('services');
    await second.arriveAt('outcome');
    await second.quiet();
    assert.equal(second.vault.content?.application, undefined);
    second.flow.send({ type: 'verify-again' });
    await second.arriveAt('liveness');
    second.flow.send({ type: 'start-liveness' });
    await second.until(() => codeOf(second) !== undefined, 'waited for the code');
  });

  it('R7, R11: applying again shows the proof that is there; from 3 hours before its end a new one', async () => {
    const phone = await userWithCode();
    const number = phone.flow.state.known.showing?.proof.number;
    phone.pass(hours(2));
    const second = phone.reload({ session: await sessionOf('adult') });
    second.flow.open('application');
    await second.until(() => second.flow.state.known.me !== undefined, 'waited for the identity');
    await second.submit('apply');
    assert.equal(second.flow.state.known.showing?.proof.number, number);
    const { screen } = second.flow.state;
    assert.equal(screen.name === 'code' && screen.existing, true);

    second.pass(hours(19));
    second.session = await sessionOf('adult');
    second.flow.open('application');
    assert.equal(second.flow.state.screen.name, 'application');
    await second.submit('apply');
    assert.notEqual(second.flow.state.known.showing?.proof.number, number);
  });

  it('R9: whoever has none left learns it before the check', async () => {
    const phone = new Phone(running, { session: await sessionOf('no-application-left') });
    phone.flow.open('application');
    const { flow } = phone;
    await phone.until(() => flow.state.known.me !== undefined, 'waited for the identity');
    await phone.until(() => flow.state.known.location.status === 'found', 'waited for the place');
    flow.send({ type: 'submit', purpose: 'apply', identity: undefined, consent: true });
    assert.deepEqual(phone.told.at(-1), { name: 'refused', code: 'quota-exhausted' });
  });

  it('R23: records come for the registered', async () => {
    const phone = await userWithCode();
    phone.flow.send({ type: 'open', screen: 'records' });
    await phone.until(() => {
      const { screen } = phone.flow.state;
      return screen.name === 'records' && screen.records !== undefined;
    }, 'waited for the records');
    const { screen } = phone.flow.state;
    assert.equal(screen.name === 'records' && screen.records?.records.length, 1);
  });

  it('a session that has expired is asked for again, without the traveller noticing', async () => {
    const old = await sessionOf('adult');
    const phone = new Phone(running, { session: old });
    phone.flow.open('application');
    await phone.until(() => phone.flow.state.known.me !== undefined, 'waited for the identity');
    phone.pass(minutes(16));
    phone.session = await sessionOf('adult');
    await phone.submit('apply');
    assert.ok(codeOf(phone));
  });

  it('R18: whose session is over for good goes on as a guest, and nothing of that is kept', async () => {
    const phone = new Phone(running, { session: await sessionOf('adult') });
    phone.flow.open('application');
    await phone.until(() => phone.flow.state.known.me !== undefined, 'waited for the identity');
    phone.pass(minutes(16));
    const { flow } = phone;
    flow.send({ type: 'submit', purpose: 'apply', identity: undefined, consent: true });
    await phone.until(() => !flow.state.known.registered, 'waited for the refusal');
    const { screen } = flow.state;
    assert.equal(screen.name === 'application' && screen.refusal?.code, 'session-expired');
    await phone.submit('apply', await someGuest(running));
    await phone.quiet();
    assert.ok(codeOf(phone));
    assert.equal(phone.vault.content, undefined);
  });

  it('a host whose session never comes does not keep a guest from applying', async () => {
    const phone = new Phone(running, { session: () => new Promise(() => undefined) });
    phone.flow.open('application');
    await phone.until(() => phone.clock.pending > 0, 'waited for the asking');
    phone.pass(10_000);
    await phone.submit('apply', await someGuest(running));
    assert.ok(codeOf(phone));
  });
});
