import { decodeJwt } from 'jose';
import type { Call } from '../../../widget/protocol/calls.ts';
import { grantIdOf } from '../../../widget/protocol/code/claims.ts';
import { gateCalls } from '../../../widget/protocol/gate-calls.ts';
import {
  AdmissionAnswer,
  InspectionAnswer,
  SignedDenylist,
  SignedManifest,
} from '../../../widget/protocol/messages/gate.ts';
import { dayOf } from '../../../widget/protocol/shanghai-time.ts';
import { readDenylist, readManifest, type Expected } from '../../../widget/check/trust.ts';
import { demandProblem, demandShape, reached, type Answer } from '../answer.ts';
import { demand, NotOffered, NotReached, type Area } from '../check.ts';
import type { IssuerUnderTest, Sent } from '../issuer-under-test.ts';
import { pinned, readable } from '../pack.ts';
import { look, signOut, traveller, type Traveller } from '../steps.ts';
import { TestHolder } from '../test-holder.ts';

/** @throws {NotOffered} without the credential that the call needs */
function ask(issuer: IssuerUnderTest, call: Call, sent: Sent = {}): Promise<Answer> {
  const isGate = call.by.includes('gate');
  const { gateCredential, crewCredential } = issuer.target;
  const credential = isGate ? gateCredential : crewCredential;
  if (credential === undefined) {
    const name = isGate
      ? 'a gate (BOARDING_ID_CREDENTIAL)'
      : 'a crew (BOARDING_ID_CREW_CREDENTIAL)';
    throw new NotOffered(`needs the credential of ${name}`);
  }
  return issuer.ask(call, { ...sent, headers: { Authorization: `Bearer ${credential}` } });
}

async function expected(issuer: IssuerUnderTest): Promise<Expected> {
  const { policy } = await issuer.metadata();
  return {
    keys: await pinned(issuer),
    issuer: issuer.origin,
    at: await issuer.now(),
    leewaySeconds: policy.gateLeewaySeconds,
  };
}

const scanned = (code: string, purpose: string) => ({
  scanned: code,
  purpose,
  station: 'conformance',
  lane: '1',
});

/** The code that a traveller's phone would show now. @throws {NotReached} */
function shownCode({ shown }: Traveller): string {
  const [code] = shown.pack.codes;
  if (code === undefined) throw new NotReached('an empty pack');
  return code;
}

const publicIdOf = (traveller: Traveller): string => {
  const [claims] = readable([shownCode(traveller)]);
  return claims ? grantIdOf(claims) : '';
};

async function revokedIds(issuer: IssuerUnderTest): Promise<ReadonlySet<string>> {
  const { denylist } = reached(await ask(issuer, gateCalls.denylist), SignedDenylist);
  const list = await readDenylist(denylist, await expected(issuer));
  if (!list) throw new NotReached('a denylist that does not verify');
  return list.revoked;
}

const anySent: Record<keyof typeof gateCalls, Sent> = {
  denylist: {},
  manifest: { path: { station: 'conformance', day: '2027-03-01' } },
  admit: { body: scanned('x', 'counter') },
  inspect: { body: scanned('x', 'counter') },
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
        const answer = await ask(issuer, gateCalls.denylist);
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
        demand(revoked.has(publicIdOf(gone)), 'the grant on the list', 'a list without it');
        demand(!revoked.has(publicIdOf(living)), 'a living grant not on it', 'a list with it');
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
        demand(revoked.has(publicIdOf(first)), 'the old grant on the list', 'a list without it');
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
          await ask(issuer, gateCalls.manifest, { path }),
          SignedManifest,
        );
        const read = await readManifest(manifest, path, await expected(issuer));
        demand(read !== undefined, 'a manifest that readManifest verifies', 'another');
        const wrong = { path: { station, day: 'today' } };
        demandProblem(await ask(issuer, gateCalls.manifest, wrong), 'invalid-request');
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
        const code = shownCode(person);
        const verdict = async (text: string): Promise<string> => {
          const answer = await ask(issuer, gateCalls.admit, { body: scanned(text, 'counter') });
          const read = demandShape(answer, AdmissionAnswer);
          return read.admitted ? 'admitted' : read.reason;
        };
        for (const _ of ['first', 'again']) {
          const came = await verdict(code);
          demand(came === 'admitted', 'admitted', came);
        }
        const spoilt = await verdict(`${code}=`);
        demand(spoilt === 'malformed', 'malformed for a padded code', spoilt);
        await signOut(person.holder);
        const after = await verdict(code);
        demand(after === 'revoked', 'revoked after sign-out', after);
      },
    },
    {
      name: 'inspection',
      contract: 'protocol, POST /v1/inspections; B7',
      holds: 'A counter’s look at a fresh code shows the identity masked, with the proof.',
      mend: 'Answer holder, masked as to the holder, and at a counter the proof.',
      ask: async (issuer) => {
        const person = await traveller(issuer);
        const body = scanned(shownCode(person), 'counter');
        const read = demandShape(await ask(issuer, gateCalls.inspect, { body }), InspectionAnswer);
        demand(read.admitted, 'admitted', read.admitted ? '' : read.reason);
        const isSame = read.holder.number === person.shown.holder.number;
        demand(isSame, 'the masked number that the holder sees', 'another');
        demand(read.proof?.number === person.shown.proof.number, 'the proof', 'none or another');
      },
    },
  ],
};
