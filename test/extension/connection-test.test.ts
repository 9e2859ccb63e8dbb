import { expect } from 'chai';
import { testConnection } from '../../extension/options/connection-test.ts';
import { readAddress } from '../../extension/options/issuer-address.ts';
import { HandClock } from '../flow/hand-clock.ts';
import { json, metadataOf } from './options-fixture.ts';

const origin = 'https://issuer.example';
const asked = (answer: () => Promise<Response>, clock = new HandClock(0)) =>
  testConnection(origin, { send: answer, after: clock.after });

describe('the address of an issuer', () => {
  it('is an origin: what follows it, and white space, is left behind', () => {
    const read = readAddress('  https://Issuer.example/apply?a=1 ');
    expect(read).to.deep.equal({ ok: true, origin });
  });

  it('without a scheme means the one that may be used', () => {
    expect(readAddress('issuer.example:8443')).to.deep.equal({
      ok: true,
      origin: 'https://issuer.example:8443',
    });
    expect(readAddress('localhost:8080')).to.deep.equal({
      ok: true,
      origin: 'http://localhost:8080',
    });
  });

  for (const typed of [
    '',
    ' ',
    'two words',
    'https://',
    'ftp://issuer.example',
    'https://me:word@issuer.example',
    'http://[',
  ]) {
    it(`is not “${typed}”`, () => {
      expect(readAddress(typed)).to.deep.equal({ ok: false, fault: 'no-address' });
    });
  }

  for (const typed of ['http://issuer.example', 'http://localhost.example', 'http://192.168.1.2']) {
    it(`is not ${typed}: only this machine may be spoken to without encryption`, () => {
      expect(readAddress(typed)).to.deep.equal({ ok: false, fault: 'not-https' });
    });
  }
});

describe('the connection test', () => {
  it('asks for the metadata anew and without cookies, and says what the issuer says', async () => {
    let request: Request | undefined;
    const connection = await testConnection(origin, {
      send: async (sent) => {
        request = sent;
        return json(metadataOf(origin, { mockSignIn: `${origin}/mock` }));
      },
      after: new HandClock(0).after,
    });
    expect(connection).to.deep.equal({
      ok: true,
      issuer: { origin, languages: ['zh', 'en'], mockSignIn: `${origin}/mock` },
    });
    expect(request?.url).to.equal(`${origin}/.well-known/boarding-id`);
    expect([request?.cache, request?.credentials]).to.deep.equal(['no-store', 'omit']);
  });

  it('offers no sign-in that is not on the issuer’s own origin', async () => {
    for (const mockSignIn of ['https://elsewhere.example/mock', 'mock']) {
      const connection = await asked(async () => json(metadataOf(origin, { mockSignIn })));
      expect(connection.ok && connection.issuer.mockSignIn).to.equal(undefined);
    }
  });

  it('tells an address that cannot be reached', async () => {
    const connection = await asked(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(connection).to.deep.equal({ ok: false, fault: 'unreachable' });
  });

  it('gives up after ten seconds, and sets no timer that outlives it', async () => {
    const clock = new HandClock(0);
    const testing = testConnection(origin, {
      send: ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
        }),
      after: clock.after,
    });
    clock.advance(9_999);
    let isOver = false;
    void testing.then(() => (isOver = true));
    await Promise.resolve();
    expect(isOver).to.equal(false);
    clock.advance(1);
    expect(await testing).to.deep.equal({ ok: false, fault: 'unreachable' });
    expect(clock.pending).to.equal(0);
  });

  const strangers: Record<string, () => Response> = {
    'a page': () => new Response('<!doctype html>'),
    'a refusal': () => json(metadataOf(origin), 404),
    'other JSON': () => json({ issuer: origin }),
    nothing: () => new Response(''),
  };
  for (const [what, answer] of Object.entries(strangers)) {
    it(`knows ${what} for no issuer`, async () => {
      expect(await asked(async () => answer())).to.deep.equal({ ok: false, fault: 'no-issuer' });
    });
  }

  it('names the other origin that an issuer says it has', async () => {
    const named = 'https://elsewhere.example';
    const connection = await asked(async () => json(metadataOf(named)));
    expect(connection).to.deep.equal({ ok: false, fault: 'other-origin', named });
  });
});
