import { expect } from 'chai';
import { mockSignIn } from '../../extension/mock-sign-in.ts';
import { json } from './options-fixture.ts';

const address = 'https://issuer.example/mock';
const minute = 60_000;

describe('the sign-in of a mock', () => {
  it('lists the people', async () => {
    const people = [{ id: 'adult', label: { zh: '成年', en: 'Adult' }, note: { zh: '', en: '' } }];
    const signIn = mockSignIn(
      address,
      async () => json(people),
      () => 0,
    );
    expect(await signIn.people()).to.deep.equal(people);
  });

  it('asks for a session by the reference alone, keeps it, and asks anew before it ends', async () => {
    const bodies: unknown[] = [];
    let now = 0;
    const sessionOf = mockSignIn(
      address,
      async (request) => {
        expect([request.method, request.url]).to.deep.equal(['POST', `${address}/sessions`]);
        bodies.push(await request.json());
        return json({ session: `session-${bodies.length}` });
      },
      () => now,
    ).sessionOf('adult');
    expect(await sessionOf()).to.equal('session-1');
    now = 14 * minute;
    expect(await sessionOf()).to.equal('session-1');
    now += 1;
    expect(await sessionOf()).to.equal('session-2');
    expect(bodies).to.deep.equal([{ person: 'adult' }, { person: 'adult' }]);
  });

  it('has none when it is refused, answered with something else, or not answered', async () => {
    const answers = [
      async () => json({ session: 'a' }, 503),
      async () => json({ token: 'a' }),
      () => Promise.reject(new TypeError('Failed to fetch')),
    ];
    for (const answer of answers) {
      const signIn = mockSignIn(address, answer, () => 0);
      for (const call of [signIn.people, signIn.sessionOf('adult')]) {
        let isRefused = false;
        await call().catch(() => (isRefused = true));
        expect(isRefused).to.equal(true);
      }
    }
  });
});
