import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { decodeJwt, type JWTPayload } from 'jose';
import { signToken } from '../../mock-server/issuer/signed-tokens.ts';
import {
  Holder,
  noon,
  origin,
  signIn,
  startIssuer,
  type RunningIssuer,
} from '../issuer/running-issuer.ts';

const at = noon / 1000;

let running: RunningIssuer;
let holder: Holder;
let honest: JWTPayload;

describe('a host’s session', () => {
  before(async () => {
    running = await startIssuer();
    holder = await Holder.create(running);
    honest = decodeJwt(await signIn(running, 'adult'));
  });
  after(async () => {
    assert.deepEqual(running.logged, []);
    await running.close();
  });

  /** Signed by the key of sessions, whatever it says. */
  const outcome = async (change: Record<string, unknown>): Promise<string> => {
    const { keyring } = running.server.issuer;
    const session = await signToken(keyring, 'session', { ...honest, ...change }, at);
    const { status, problem } = await holder.call('GET', '/v1/me', { session });
    return problem ?? String(status);
  };

  it('that is what it should be is taken', async () => {
    assert.equal(honest.iss, `${origin}/mock`);
    assert.equal(honest.aud, origin);
    assert.equal(await outcome({}), '200');
  });

  const changes: Record<string, [Record<string, unknown>, string]> = {
    'of another host app': [{ iss: 'https://other.example' }, 'session-required'],
    'that the issuer itself would have made': [{ iss: origin }, 'session-required'],
    'that nobody says to have made': [{ iss: undefined }, 'session-required'],
    'for another issuer': [{ aud: 'https://other.example' }, 'session-required'],
    'for no issuer': [{ aud: undefined }, 'session-required'],
    'of nobody': [{ sub: undefined }, 'session-required'],
    'without a reference to an identity': [{ identity: undefined }, 'session-required'],
    'whose reference is no text': [{ identity: { id: 'adult' } }, 'session-required'],
    'that was never begun': [{ iat: undefined }, 'session-required'],
    'that has no end': [{ exp: undefined }, 'session-required'],
    'that lives too long': [{ exp: at + 901 }, 'session-required'],
    'that begins too far ahead': [{ iat: at + 11, exp: at + 60 }, 'session-required'],
    'that is over': [{ iat: at - 60, exp: at }, 'session-expired'],
  };
  for (const [name, [change, refusal]] of Object.entries(changes)) {
    it(`${name} is refused`, async () => {
      assert.equal(await outcome(change), refusal);
    });
  }
});
