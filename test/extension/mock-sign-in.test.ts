import { expect } from 'chai';
import { mockSignIn } from '../../extension/mock-sign-in.ts';
import { json } from './options-fixture.ts';

const address = 'https://issuer.example/mock';

describe('the sign-in of a mock', () => {
  it('lists the people', async () => {
    const people = [{ id: 'adult', label: { zh: '成年', en: 'Adult' }, note: { zh: '', en: '' } }];
    const signIn = mockSignIn(address, async () => json(people));
    expect(await signIn.people()).to.deep.equal(people);
  });

  it('asks for a session by the reference alone, and anew each time: whoever keeps it knows when it ends', async () => {
    const bodies: unknown[] = [];
    const sessionOf = mockSignIn(address, async (request) => {
      expect([request.method, request.url]).to.deep.equal(['POST', `${address}/sessions`]);
      bodies.push(await request.json());
      return json({ session: `session-${bodies.length}` });
    }).sessionOf('adult');
    expect(await sessionOf()).to.equal('session-1');
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
      const signIn = mockSignIn(address, answer);
      for (const call of [signIn.people, signIn.sessionOf('adult')]) {
        let isRefused = false;
        await call().catch(() => (isRefused = true));
        expect(isRefused).to.equal(true);
      }
    }
  });
});
