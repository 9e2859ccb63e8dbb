import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { windowAt } from '../../widget/flow/code-clock.ts';
import { signIn, someGuest, startIssuer, type RunningIssuer } from '../issuer/running-issuer.ts';
import { MemoryVault, Phone } from './phone.ts';

let running: RunningIssuer;

const codeOf = ({ flow }: Phone) =>
  windowAt(flow.state.known.showing?.windows ?? [], flow.serverNow())?.code;
/** Of the grant that a tab shows. */
const grantOf = (tab: Phone) => {
  const claims = codeOf(tab)?.split('.')[1];
  if (claims === undefined) return undefined;
  const { jti } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { jti: string };
  return jti.slice(0, 8);
};
const rows = async () => ({
  proofs: (await running.store.selectFrom('proofs').selectAll().execute()).length,
  live: (
    await running.store.selectFrom('grants').selectAll().where('ended_at', 'is', null).execute()
  ).map(({ public_id }) => public_id),
});

/** Two tabs of one browser, opened before either has done anything. */
async function tabs(person?: string): Promise<[Phone, Phone]> {
  const vault = new MemoryVault();
  const session = person && (await signIn(running, person));
  const make = () => new Phone(running, { vault, session: async () => session });
  const pair: [Phone, Phone] = [make(), make()];
  pair[0].otherTabs = [pair[1]];
  pair[1].otherTabs = [pair[0]];
  for (const tab of pair) {
    tab.flow.open('application');
    if (person) await tab.until(() => tab.flow.state.known.me !== undefined, 'the identity');
  }
  return pair;
}

describe('two tabs of one user', () => {
  beforeEach(async () => {
    running = await startIssuer();
  });
  afterEach(async () => {
    assert.deepEqual(running.logged, []);
    await running.close();
  });

  it('that apply at once get one proof, and both show a code of the one live grant (B6)', async () => {
    for (let round = 0; round < 5; round++) {
      await running.close();
      running = await startIssuer();
      const [first, second] = await tabs('adult');
      await Promise.all([first.submit('apply'), second.submit('apply')]);
      const agree = () => grantOf(first) !== undefined && grantOf(first) === grantOf(second);
      await first.until(agree, 'waited for both to show the same grant');
      const { proofs, live } = await rows();
      assert.equal(proofs, 1, 'one application used');
      assert.deepEqual(live, [grantOf(first)]);
      for (const tab of [first, second]) {
        const before = codeOf(tab);
        running.time += 1000;
        tab.clock.advance(1000);
        tab.flow.send({ type: 'refresh' });
        await tab.until(() => codeOf(tab) !== before, 'its key is the grant’s');
      }
    }
  });

  it('one that applies after the other shows its grant in both', async () => {
    const [first, second] = await tabs('adult');
    await first.submit('apply');
    await second.until(() => codeOf(second) !== undefined, 'waited for the shared grant');
    first.pass(2000);
    second.clock.advance(2000);
    second.flow.send({ type: 'open', screen: 'services' });
    await second.quiet();
    assert.equal(grantOf(first), grantOf(second));
    assert.equal((await rows()).proofs, 1);
  });

  it('an answer that comes late does not bring an ended grant back', async () => {
    const [first, second] = await tabs('adult');
    let answer: (() => void) | undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    let decided = false;
    first.network = async (request, forward) => {
      const response = await forward(request);
      if (request.url.endsWith('/liveness')) {
        decided = true;
        await held;
      }
      return response;
    };
    const applying = first.submit('apply');
    await first.until(() => decided, 'waited for the issuer');
    first.pass(5000);
    second.clock.advance(5000);
    await second.submit('apply');
    const live = grantOf(second);
    answer?.();
    await applying;
    await first.until(() => grantOf(first) === live, 'waited for the live grant');
    await second.quiet();
    assert.equal(grantOf(second), live);
    assert.deepEqual((await rows()).live, [live]);
    assert.equal(first.vault.content?.grant?.token !== undefined, true);
    const next = second.reload();
    next.flow.open('code');
    await next.until(() => grantOf(next) === live, 'a reload finds the live one');
  });

  it('a sign-out in one leaves nothing in the other, nor at the issuer (R19)', async () => {
    const [first, second] = await tabs('adult');
    await Promise.all([first.submit('apply'), second.submit('apply')]);
    await first.until(() => grantOf(first) === grantOf(second), 'waited for the same grant');
    first.session = second.session = async () => undefined;
    await first.flow.signOut();
    second.listeners?.signedOutElsewhere();
    await second.quiet();
    assert.deepEqual([codeOf(first), codeOf(second)], [undefined, undefined]);
    assert.equal(first.vault.content, undefined);
    assert.deepEqual((await rows()).live, []);
  });

  it('R17: a tab that was hidden or asleep when the grant ended asks for a check, as the other does', async () => {
    const ways: ((tab: Phone) => void)[] = [
      ({ clock }) => clock.advance(31 * 60_000),
      ({ clock }) => (clock.now += 31 * 60_000),
    ];
    for (const passes of ways) {
      const [first, second] = await tabs('adult');
      await first.submit('apply');
      await second.until(() => codeOf(second) !== undefined, 'waited for the shared grant');
      second.flow.send({ type: 'open', screen: 'code' });
      first.pass(31 * 60_000);
      await first.quiet();
      assert.equal(first.vault.content, undefined);
      passes(second);
      second.listeners?.returned(false);
      await second.quiet();
      for (const tab of [first, second]) {
        const { screen } = tab.flow.state;
        assert.ok(screen.name === 'code' && screen.status === 'verification-required', screen.name);
        tab.flow.close();
      }
      await running.close();
      running = await startIssuer();
    }
  });

  it('a grant that ends in one takes nothing from what the other has stored since', async () => {
    const [first, second] = await tabs('adult');
    await first.submit('apply');
    await second.until(() => codeOf(second) !== undefined, 'waited for the shared grant');
    second.otherTabs = [];
    first.pass(60_000);
    second.clock.advance(60_000);
    second.flow.send({ type: 'back' });
    second.flow.send({ type: 'open', screen: 'services' });
    const kept = first.vault.content;
    assert.ok(kept?.grant);
    first.vault.content = { ...kept, grant: { ...kept.grant, token: 'newer' } };
    first.pass(29 * 60_000);
    await first.quiet();
    assert.equal(codeOf(first), undefined, 'R17');
    assert.equal(first.vault.content?.grant?.token, 'newer');
  });

  it('guests in two tabs keep a key each and use one application between them', async () => {
    const [first, second] = await tabs();
    const identity = await someGuest(running);
    await Promise.all([first.submit('apply', identity), second.submit('apply', identity)]);
    const { proofs, live } = await rows();
    assert.equal(proofs, 1);
    assert.equal(live.length, 1);
    assert.equal(first.vault.content, undefined);
    const ended = live[0] === grantOf(first) ? second : first;
    ended.flow.send({ type: 'refresh' });
    await ended.until(() => codeOf(ended) === undefined, 'waited to be told to verify again');
  });

  it('a guest who verifies in one is told at once in the other that its code has ended early', async () => {
    const [first, second] = await tabs();
    const identity = await someGuest(running);
    await first.submit('apply', identity);
    running.time += 1000;
    for (const tab of [first, second]) tab.clock.advance(1000);
    await second.submit('view', identity);
    await first.until(() => codeOf(first) === undefined, 'waited for what the issuer says');
    const { known, screen } = first.flow.state;
    assert.equal(known.showing?.endedEarly, true);
    assert.ok(screen.name === 'code' && screen.status === 'verification-required', screen.name);
    assert.deepEqual((await rows()).live, [grantOf(second)]);
  });

  it('another guest’s code stays when somebody else verifies in a second tab', async () => {
    const [first, second] = await tabs();
    await first.submit('apply', await someGuest(running));
    await second.submit('apply', await someGuest(running));
    await first.quiet();
    assert.notEqual(codeOf(first), undefined);
    assert.equal((await rows()).live.length, 2);
  });

  it('without a network a guest’s tab keeps its code when another verifies: nothing can be asked', async () => {
    const [first, second] = await tabs();
    await first.submit('apply', await someGuest(running));
    first.online = false;
    await second.submit('apply', await someGuest(running));
    await first.quiet();
    assert.notEqual(codeOf(first), undefined);
    const { screen } = first.flow.state;
    assert.ok(screen.name === 'code' && screen.refusal === undefined);
  });
});
