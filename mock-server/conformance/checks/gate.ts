import { decodeJwt } from 'jose';
import { codeType } from '../../../widget/protocol/code/claims.ts';
import { toQrText } from '../../../widget/protocol/code/qr-text.ts';
import { reasonCodes, type Reason } from '../../../widget/protocol/code/reasons.ts';
import { gateCalls } from '../../../widget/protocol/gate-calls.ts';
import { SignedDenylist, SignedManifest } from '../../../widget/protocol/messages/gate.ts';
import { dayOf } from '../../../widget/protocol/shanghai-time.ts';
import { readDenylist, readManifest } from '../../../widget/check/trust.ts';
import { forged, spoilt } from '../altered-codes.ts';
import { demandProblem, demandShape } from '../answer.ts';
import { demand, NotOffered, NotReached, type Area } from '../check.ts';
import type { Sent } from '../issuer-under-test.ts';
import { claimsOf } from '../pack.ts';
import { look, signOut, traveller } from '../steps.ts';
import { TestHolder } from '../test-holder.ts';
import {
  askAsStaff,
  demandVerdict,
  expected,
  publicIdOf,
  revokedIds,
  scanned,
  shownCode,
} from '../verifier.ts';

const anySent: Record<keyof typeof gateCalls, Sent> = {
  denylist: {},
  manifest: { path: { station: 'conformance', day: '2027-03-01' } },
  admit: { body: scanned('x', { purpose: 'counter' }) },
  inspect: { body: scanned('x', { purpose: 'counter' }) },
};

export const gate: Area = {
  title: 'Gates, crews and counters',
  checks: [
    {
      name: 'gate-credential',
      contract: 'protocol, HTTP: by gate credential, by crew credential',
      holds: 'Without a credential, or with a wrong one, nobody learns anything that gates know.',
      mend: 'Answer credential-required on the calls by “gate” and “crew”.',
      ask: async (issuer) => {
        for (const [name, call] of Object.entries(gateCalls)) {
          const sent = anySent[name as keyof typeof gateCalls];
          demandProblem(await issuer.ask(call, sent), 'credential-required');
          const headers = { Authorization: 'Bearer made-up' };
          demandProblem(await issuer.ask(call, { ...sent, headers }), 'credential-required');
        }
      },
    },
    {
      name: 'denylist-signed',
      contract: 'protocol, Tokens: denylist',
      holds: 'The denylist verifies with its own published key and says when the next is due.',
      mend: 'Sign bid-denylist+jwt with iss, iat, exp, ttl and revoked; ttl is denylistSeconds.',
      ask: async (issuer) => {
        const answer = await askAsStaff(issuer, gateCalls.denylist);
        const { denylist } = demandShape(answer, SignedDenylist);
        const list = await readDenylist(denylist, await expected(issuer));
        demand(list !== undefined, 'a list that readDenylist verifies', 'another');
        const { policy } = await issuer.metadata();
        const { iat = 0, exp = 0, ttl } = decodeJwt<{ ttl: number }>(denylist);
        demand(ttl === policy.denylistSeconds, `ttl ${policy.denylistSeconds}`, String(ttl));
        const most = policy.denylistMaximumSeconds;
        demand(exp - iat <= most, `a life of at most ${most} s`, `${exp - iat} s`);
      },
    },
    {
      name: 'denylist-has-sign-out',
      contract: 'R19; protocol, The denylist holds those ended early',
      holds: 'A grant ended by sign-out stands on the denylist, and a living one does not.',
      mend: 'List the public id of each grant ended early until it would have ended anyway.',
      ask: async (issuer) => {
        const [gone, living] = [await traveller(issuer), await traveller(issuer)];
        await signOut(gone.holder);
        const revoked = await revokedIds(issuer);
        demand(revoked.has(publicIdOf(gone.shown)), 'the grant on the list', 'a list without it');
        demand(
          !revoked.has(publicIdOf(living.shown)),
          'a living grant not on it',
          'a list with it',
        );
      },
    },
    {
      name: 'denylist-has-the-superseded',
      contract: 'R12; protocol, ended early by another key, renewal',
      holds: 'A grant that a newer one has ended stands on the denylist.',
      mend: 'List it as those ended by sign-out.',
      ask: async (issuer) => {
        const first = await traveller(issuer);
        await look(await TestHolder.create(issuer), first);
        const revoked = await revokedIds(issuer);
        demand(
          revoked.has(publicIdOf(first.shown)),
          'the old grant on the list',
          'a list without it',
        );
      },
    },
    {
      name: 'manifest',
      contract: 'protocol, Tokens: manifest',
      holds:
        'A station’s manifest verifies with its own published key; a day that is none is refused.',
      mend: 'Sign bid-tickets+jwt for the station and day that were asked for.',
      ask: async (issuer) => {
        const { station } = issuer.target;
        if (station === undefined) throw new NotOffered('needs --station ID');
        const path = { station, day: dayOf(await issuer.now()) };
        const { manifest } = demandShape(
          await askAsStaff(issuer, gateCalls.manifest, { path }),
          SignedManifest,
        );
        const read = await readManifest(manifest, path, await expected(issuer));
        demand(read !== undefined, 'a manifest that readManifest verifies', 'another');
        const wrong = { path: { station, day: 'today' } };
        demandProblem(await askAsStaff(issuer, gateCalls.manifest, wrong), 'invalid-request');
      },
    },
    {
      name: 'admission',
      contract: 'R21; protocol, POST /v1/admissions, The check',
      holds:
        'A counter’s look at a living code admits it, twice; a signed-out one and none are refused.',
      mend: 'Run the one check, with the denylist’s state; counters use nothing up.',
      ask: async (issuer) => {
        const person = await traveller(issuer);
        const code = shownCode(person.shown);
        const counter = { purpose: 'counter' } as const;
        await demandVerdict(issuer, 'admitted', code, counter);
        await demandVerdict(issuer, 'admitted', code, counter);
        await demandVerdict(issuer, 'malformed', `${code}=`, counter);
        await signOut(person.holder);
        await demandVerdict(issuer, 'revoked', code, counter);
      },
    },
    {
      name: 'admission-form',
      contract: 'protocol, POST /v1/admissions',
      holds: 'A gate that sends another purpose, or more or less than the call has, is refused.',
      mend: 'Take exactly the members of the call; answer invalid-request.',
      ask: async (issuer) => {
        const right = scanned('x', { purpose: 'counter' });
        const wrong = ['{', {}, { ...right, more: 1 }, { ...right, purpose: 'boarding' }];
        for (const body of wrong) {
          demandProblem(await askAsStaff(issuer, gateCalls.admit, { body }), 'invalid-request');
        }
      },
    },
    {
      name: 'admission-of-digits',
      contract: 'protocol, The code: in the QR each character is two digits',
      holds: 'A gate may send what its scanner read, digits, or the code in them.',
      mend: 'Read digits back, two a character, before anything else.',
      ask: async (issuer) => {
        const { shown } = await traveller(issuer);
        const digits = toQrText(shownCode(shown));
        await demandVerdict(issuer, 'admitted', digits, { purpose: 'counter' });
      },
    },
    {
      name: 'admission-reasons',
      contract: 'B10; protocol, Reasons (closed list)',
      holds: 'Whatever is wrong with a code is named, with the two characters for the traveller.',
      mend: 'Run the one check in its order; send reason and code from the one list.',
      ask: async (issuer) => {
        const { shown, assertion } = await traveller(issuer);
        const code = shownCode(shown);
        const later = shown.pack.codes.at(-1);
        const claims = claimsOf(code);
        if (claims === undefined || later === undefined || later === code) {
          throw new NotReached('a pack without two codes that can be read');
        }
        const header = btoa(`{"alg":"none","typ":"${codeType}"}`).replace(/=+$/, '');
        const wrong: [Reason, string][] = [
          ['malformed', 'x'],
          ['unsupported', code.replace(/^[^.]*/, header)],
          ['unsupported', assertion],
          ['unknown-key', await forged(claims, '-zz-')],
          ['bad-signature', spoilt(code)],
          ['not-yet-valid', later],
        ];
        for (const [reason, text] of wrong) {
          const answer = await demandVerdict(issuer, reason, text, { purpose: 'counter' });
          if (answer.admitted) continue;
          const shownToThem = reasonCodes[reason];
          demand(answer.code === shownToThem, `${shownToThem} for ${reason}`, 'other characters');
          const off = answer.secondsOff ?? 0;
          const isEarly = reason !== 'not-yet-valid' || off > 0;
          demand(isEarly, 'secondsOff for one that is early', 'none');
        }
      },
    },
  ],
};
