import { expect } from 'chai';
import { keepTimes } from '../../extension/known-times.ts';
import { changeIssuer } from '../../extension/options/change-issuer.ts';
import { clearEverything } from '../../extension/options/clear-everything.ts';
import { withoutSignIn } from '../../extension/options/change-options.ts';
import { signOut } from '../../extension/options/sign-out.ts';
import { createFlow } from '../../widget/flow/runner.ts';
import { defaultOptions } from '../../extension/stored-options.ts';
import { at } from '../elements/states.ts';
import { HandClock } from '../flow/hand-clock.ts';
import {
  clear,
  inVault,
  issuer,
  liveContent,
  other,
  problem,
  session,
  until,
  World,
} from './options-fixture.ts';

const revoke = `DELETE ${issuer}/v1/grants`;

describe('R19: what is left to show a code with', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });
  afterEach(() => clear(world));

  const leave = () =>
    signOut(issuer, world.component, async () => {
      await world.ports.change(withoutSignIn);
      await world.times.clear();
    });
  const leftInStorage = () => JSON.stringify([...world.memory.held]);

  it('there is something at first, or the rest here shows nothing', async () => {
    await world.signInWithCode();
    expect(await inVault()).to.have.length(2);
    expect(leftInStorage()).to.include('adult').and.to.include('validUntil');
  });

  it('after signing out nothing: the issuer has revoked it, the options stay', async () => {
    await world.signInWithCode();
    await world.set({ theme: 'dark' });
    expect(await leave()).to.deep.equal({ atIssuer: 'revoked', emptied: true });
    expect(world.network.calls).to.deep.equal([revoke]);
    expect(await inVault()).to.deep.equal([]);
    expect([...world.memory.held]).to.deep.equal([
      ['options', { ...defaultOptions, theme: 'dark' }],
    ]);
  });

  it('after signing out without a network nothing, and it is said that nobody has revoked it', async () => {
    await world.signInWithCode();
    world.network.isDown = true;
    expect(await leave()).to.deep.equal({ atIssuer: 'unconfirmed', emptied: true });
    expect(world.network.calls).to.deep.equal([revoke, revoke, revoke]);
    expect(await inVault()).to.deep.equal([]);
    expect(leftInStorage()).not.to.include('adult');
  });

  it('is gone from here before the issuer has answered', async () => {
    await world.signInWithCode();
    let answer: (response: Response) => void = () => undefined;
    world.network.answers.set(revoke, () => new Promise<Response>((resolve) => (answer = resolve)));
    const leaving = leave();
    await until(() => world.network.calls.length > 0);
    while ((await inVault()).length > 0) await Promise.resolve();
    expect(leftInStorage()).not.to.include('adult').and.not.to.include('validUntil');
    answer(new Response(undefined, { status: 204 }));
    expect((await leaving).atIssuer).to.equal('revoked');
  });

  it('an issuer that refuses has not revoked', async () => {
    await world.signInWithCode();
    world.network.answers.set(revoke, () => problem('invalid-request', 400));
    expect((await leave()).atIssuer).to.equal('unconfirmed');
  });

  it('other surfaces are told when nobody is signed in any more', async () => {
    await world.signInWithCode();
    const channel = new BroadcastChannel('boarding-id');
    const told = new Promise<[unknown, string]>((resolve) => {
      channel.addEventListener('message', ({ data }) => resolve([data, leftInStorage()]));
    });
    await leave();
    const [message, left] = await told;
    channel.close();
    expect(message).to.equal('signed-out');
    expect(left).not.to.include('adult');
  });

  it('is revoked, too, when another surface has let go of it first', async () => {
    await world.signInWithCode();
    const watching = new AbortController();
    world.options.watch(() => void world.component.vault.clear(), watching.signal);
    expect(await leave()).to.deep.equal({ atIssuer: 'revoked', emptied: true });
    watching.abort();
  });

  it('where there is nothing to revoke nobody is asked', async () => {
    expect(await leave()).to.deep.equal({ atIssuer: 'nothing', emptied: true });
    expect(world.network.calls).to.deep.equal([]);
  });

  it('a browser that gives nothing up is told of, and the codes are revoked all the same', async () => {
    await world.signInWithCode();
    world.memory.isFull = true;
    expect(await leave()).to.deep.equal({ atIssuer: 'revoked', emptied: false });
  });

  it('after clearing everything nothing, no option and no permission either', async () => {
    await world.signInWithCode();
    await world.set({ theme: 'dark', issuer });
    world.hand.held.add('notifications').add('https://issuer.example/*');
    expect(await clearEverything(world.ports)).to.deep.equal({
      atIssuer: 'revoked',
      emptied: true,
      permissionsGivenBack: true,
    });
    expect(await inVault()).to.deep.equal([]);
    expect([...world.memory.held]).to.deep.equal([]);
    expect([...world.hand.held]).to.deep.equal(['http://localhost/*']);
    expect(await world.options.read()).to.deep.equal(defaultOptions);
  });

  it('after another issuer was chosen nothing of the former, which has revoked it', async () => {
    await world.signInWithCode();
    world.hand.held.add('https://issuer.example/*').add('https://former.example/*');
    expect((await changeIssuer(world.ports, other)).atIssuer).to.equal('revoked');
    expect(world.network.calls).to.deep.equal([revoke]);
    expect(await inVault()).to.deep.equal([]);
    expect([...world.memory.held]).to.deep.equal([
      ['options', { ...defaultOptions, issuer: other }],
    ]);
    expect([...world.hand.held]).to.deep.equal(['http://localhost/*', 'https://issuer.example/*']);
  });

  it('after the issuer has revoked the grant no code and no key', async () => {
    await world.component.vault.write(await liveContent());
    const refused = () => problem('verification-required', 401);
    world.network.answers.set(`POST ${issuer}/v1/codes`, refused);
    const { after } = new HandClock(at * 1000);
    const ports = { ...world.component, after, session: async () => session() };
    const flow = createFlow({ issuer, ports, tellHost: () => true });
    keepTimes(
      flow,
      () => at * 1000,
      world.times,
      () => true,
    );
    const isLive = () => flow.state.screen.name === 'code' && flow.state.screen.status === 'live';
    flow.open('code');
    await until(isLive);
    await until(() => leftInStorage().includes('verifyBy'));
    flow.send({ type: 'refresh' });
    await until(() => !isLive());
    while ((await inVault()).length > 0) await Promise.resolve();
    await until(() => !leftInStorage().includes('verifyBy'));
    flow.close();
  });
});
