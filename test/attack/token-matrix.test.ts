import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { generateProof } from 'dpop';
import { SignJWT, decodeJwt } from 'jose';
import { pinKeys, readDenylist, readManifest, type Expected } from '../../widget/check/trust.ts';
import type { AdmissionAnswer, InspectionAnswer } from '../../widget/protocol/messages/gate.ts';
import type { LivenessRequired, Pack, Shown } from '../../widget/protocol/messages/holder.ts';
import type { KeySet } from '../../widget/protocol/messages/metadata.ts';
import { dayOf } from '../../widget/protocol/shanghai-time.ts';
import { tokenTypes } from '../../mock-server/issuer/keyring.ts';
import { keyKinds, type KeyKind } from '../../mock-server/store/schema.ts';
import {
  ask,
  Holder,
  noon,
  origin,
  passLiveness,
  signIn,
  someGuest,
  startIssuer,
  type Answer,
  type RunningIssuer,
} from '../issuer/running-issuer.ts';

const kinds = [
  'code',
  'liveness assertion',
  'host session',
  'denylist',
  'manifest',
  'DPoP proof',
  'grant',
  'gate credential',
  'crew credential',
] as const;
type Kind = (typeof kinds)[number];

const station = 'beijing-south';
const at = noon / 1000;
const place = { station, day: dayOf(at) };

let running: RunningIssuer;
let holder: Holder;
let required: Answer<LivenessRequired>;
let session: string;
let expected: Expected;

describe('tokens of every kind', () => {
  before(async () => {
    running = await startIssuer();
    session = await signIn(running, 'adult');
    const { body } = await ask<KeySet>(running, 'GET', '/.well-known/jwks.json');
    expected = { keys: await pinKeys(body), issuer: origin, at, leewaySeconds: 10 };
  });
  // A device may ask 120 times a minute, and here no time passes.
  beforeEach(async () => {
    holder = await Holder.create(running);
  });
  after(async () => {
    assert.deepEqual(running.logged, []);
    await running.close();
  });

  const credential = (of: 'gate' | 'crew'): string =>
    running.server.issuer.secrets[`${of}-credential`].toString('base64url');
  const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
  const proofFor = (method: string, path: string, grant?: string): Promise<string> =>
    generateProof(holder.keys, origin + path, method, holder.nonce, grant);

  /** One of each kind, fresh: as good as they come, at the one verifier that is theirs. */
  const make: Record<Kind, () => Promise<string>> = {
    code: async () => {
      const grant = await make.grant();
      return (await holder.call<Pack>('POST', '/v1/codes', { body: {}, grant })).body.codes[0]!;
    },
    'liveness assertion': async () => {
      required = await holder.apply({ identity: await someGuest(running) });
      return passLiveness(running, required);
    },
    'host session': () => Promise.resolve(session),
    denylist: async () => {
      const headers = bearer(credential('gate'));
      return (await ask<{ denylist: string }>(running, 'GET', '/v1/denylist', { headers })).body
        .denylist;
    },
    manifest: async () => {
      const path = `/v1/manifests/${station}/${place.day}`;
      const headers = bearer(credential('gate'));
      return (await ask<{ manifest: string }>(running, 'GET', path, { headers })).body.manifest;
    },
    'DPoP proof': () => proofFor('POST', '/v1/places'),
    grant: async () =>
      (await holder.obtain({ identity: await someGuest(running) })).body.grant.token,
    'gate credential': () => Promise.resolve(credential('gate')),
    'crew credential': () => Promise.resolve(credential('crew')),
  };

  const scan = { station, lane: '1', purpose: 'counter' };

  /** What each verifier says to a text: `passed`, or why not. */
  const show: Record<Kind, (token: string) => Promise<string>> = {
    code: async (scanned) => {
      const { body, problem } = await ask<AdmissionAnswer>(running, 'POST', '/v1/admissions', {
        body: { ...scan, scanned },
        headers: bearer(credential('gate')),
      });
      return problem ?? (body.admitted ? 'passed' : body.reason);
    },
    'liveness assertion': async (assertion) => {
      const path = `/v1/applications/${required.body.id}/liveness`;
      return outcomeOf(await holder.call<Shown>('POST', path, { body: { assertion } }));
    },
    'host session': async (token) =>
      outcomeOf(await holder.call('GET', '/v1/me', { session: token })),
    denylist: async (token) => ((await readDenylist(token, expected)) ? 'passed' : 'unverified'),
    manifest: async (token) =>
      (await readManifest(token, place, expected)) ? 'passed' : 'unverified',
    'DPoP proof': async (DPoP) =>
      outcomeOf(
        await ask(running, 'POST', '/v1/places', {
          body: { latitude: 1, longitude: 1 },
          headers: { DPoP },
        }),
      ),
    grant: async (grant) => outcomeOf(await holder.call('POST', '/v1/codes', { body: {}, grant })),
    'gate credential': async (token) =>
      outcomeOf(await ask(running, 'GET', '/v1/denylist', { headers: bearer(token) })),
    'crew credential': async (token) => {
      const { problem, body } = await ask<InspectionAnswer>(running, 'POST', '/v1/inspections', {
        body: { ...scan, scanned: await make.code() },
        headers: bearer(token),
      });
      return problem ?? (body.admitted ? 'passed' : body.reason);
    },
  };

  const outcomeOf = ({ problem, status }: Answer): string =>
    problem ?? (status === 200 ? 'passed' : String(status));

  /** What a verifier says to every kind but its own. */
  const refusal: Record<Kind, string> = {
    code: 'malformed',
    'liveness assertion': 'liveness-mismatch',
    'host session': 'session-required',
    denylist: 'unverified',
    manifest: 'unverified',
    'DPoP proof': 'invalid-dpop-proof',
    grant: 'verification-required',
    'gate credential': 'credential-required',
    'crew credential': 'credential-required',
  };
  /** A token in three parts is looked into further than a text without. */
  const refusalOf = (verifier: Kind, token: string): string =>
    verifier === 'code' && token.split('.').length === 3 ? 'unsupported' : refusal[verifier];

  describe('a token passes at the verifier of its own kind and at no other', () => {
    for (const verifier of kinds) {
      it(`the verifier of a ${verifier}`, async () => {
        await make['liveness assertion']();
        const said: Record<string, string> = {};
        const wanted: Record<string, string> = {};
        // Its own last: what is used once must not have been used before the others are tried.
        for (const kind of [...kinds.filter((each) => each !== verifier), verifier]) {
          // An assertion is made for the application it is to end.
          const token = await make[kind]();
          said[kind] = await show[verifier](token);
          wanted[kind] = kind === verifier ? 'passed' : refusalOf(verifier, token);
        }
        assert.deepEqual(said, wanted);
      });
    }
  });

  describe('a token is taken with its kind’s `typ` by its kind’s key and with no other pair', () => {
    const verifiers: Record<KeyKind, Kind> = {
      code: 'code',
      manifest: 'manifest',
      denylist: 'denylist',
      liveness: 'liveness assertion',
      session: 'host session',
    };

    for (const kind of ['liveness', 'session', 'denylist', 'manifest'] as const) {
      it(`a ${verifiers[kind]}`, async () => {
        const claims = decodeJwt(await make[verifiers[kind]]());
        const passed: string[] = [];
        for (const signer of keyKinds) {
          const own = await running.server.issuer.keyring.signing(kind, at);
          const { kid, privateKey } = await running.server.issuer.keyring.signing(signer, at);
          for (const named of new Set([kid, own.kid])) {
            for (const typ of [...Object.values(tokenTypes), 'JWT', 'dpop+jwt']) {
              const token = await new SignJWT(claims)
                .setProtectedHeader({ alg: 'ES256', kid: named, typ })
                .sign(privateKey);
              if ((await show[verifiers[kind]](token)) === 'passed')
                passed.push(`${signer} ${typ}`);
            }
          }
        }
        assert.deepEqual(passed, [`${kind} ${tokenTypes[kind]}`]);
      });
    }
  });
});
