import { holderCalls } from '../../../widget/protocol/calls.ts';
import { grantIdOf } from '../../../widget/protocol/code/claims.ts';
import { Pack } from '../../../widget/protocol/messages/holder.ts';
import { policy } from '../../../widget/protocol/policy.ts';
import { dayOf } from '../../../widget/protocol/shanghai-time.ts';
import { demandProblem, demandShape, inShort, reached } from '../answer.ts';
import { demand, NotReached, type Area } from '../check.ts';
import { atTheCounter, claimsOf, demandWindows, pinned, readable } from '../pack.ts';
import { checkedAt, freshCodes, look, traveller } from '../steps.ts';
import { TestHolder } from '../test-holder.ts';

/** QR version 12 at EC level M. */
const longestCode = 260;

export const codes: Area = {
  title: 'Codes and packs',
  checks: [
    {
      name: 'code-form',
      contract: 'protocol, The code',
      holds: 'Each code is written in the one spelling: header, claims, canonical base64url.',
      mend: 'Write header and claims byte for byte as the protocol has them, and base64url unpadded.',
      ask: async (issuer) => {
        const { shown } = await traveller(issuer);
        for (const [index, code] of shown.pack.codes.entries()) {
          demand(
            claimsOf(code) !== undefined,
            'a code in its one spelling',
            `another as the ${index + 1}th`,
          );
        }
      },
    },
    {
      name: 'code-length',
      contract: 'protocol, Size',
      holds: 'No code is longer than 260 characters.',
      mend: 'Shorten kid to at most 4 characters and the counter to base 36.',
      ask: async (issuer) => {
        const { shown } = await traveller(issuer);
        const longest = Math.max(...shown.pack.codes.map((code) => code.length));
        demand(longest <= longestCode, `at most ${longestCode} characters`, `${longest}`);
      },
    },
    {
      name: 'code-signature',
      contract: 'B2; protocol, The check',
      holds:
        'Each code of a pack, the first and a fresh one, verifies with the published keys alone.',
      mend: 'Sign with a key that the key set publishes under that kid with typ bid.',
      ask: async (issuer) => {
        const { holder, shown } = await traveller(issuer);
        const keys = await pinned(issuer);
        const fresh = reached(await freshCodes(holder, shown.grant.token), Pack);
        for (const [index, code] of [...shown.pack.codes, ...fresh.codes].entries()) {
          const claims = claimsOf(code);
          if (!claims) continue;
          const verdict = await atTheCounter(code, claims, keys);
          const came = verdict.admitted ? 'admitted' : `${verdict.reason} for the ${index + 1}th`;
          demand(verdict.admitted, 'admitted', came);
        }
      },
    },
    {
      name: 'code-window',
      contract: 'R15; protocol, Windows',
      holds: 'No code holds for longer than the policy says, nor for no time at all.',
      mend: 'End each code after codeSeconds at most.',
      ask: async (issuer) => {
        const { shown } = await traveller(issuer);
        const { policy } = await issuer.metadata();
        for (const { nbf, exp } of readable(shown.pack.codes)) {
          const long = exp - nbf;
          demand(
            long > 0 && long <= policy.codeSeconds,
            `1 to ${policy.codeSeconds} s`,
            `${long} s`,
          );
        }
      },
    },
    {
      name: 'pack-size',
      contract: 'protocol, a pack of up to 30 codes',
      holds: 'A pack has one code for each window of the grant, and no more.',
      mend: 'Stop at the grant’s end: its seconds over codeSeconds, rounded up.',
      ask: async (issuer) => {
        const { shown } = await traveller(issuer);
        const { policy } = await issuer.metadata();
        const most = Math.ceil(policy.grantSeconds / policy.codeSeconds);
        const came = shown.pack.codes.length;
        demand(came > 0 && came <= most, `1 to ${most} codes`, `${came}`);
      },
    },
    {
      name: 'pack-windows',
      contract: 'protocol, Windows',
      holds: 'The windows follow from the moment of issue, and the last ends with grant or proof.',
      mend: 'Count windows from the grant, not from the wall minute; cut the last one short.',
      ask: async (issuer) => {
        const { shown } = await traveller(issuer);
        const { policy } = await issuer.metadata();
        const { grant, proof, pack } = shown;
        const from = Math.floor(pack.serverTime / 1000);
        const until = Math.min(grant.expiresAt, proof.validUntil);
        demandWindows(pack.codes, from, until, policy.codeSeconds);
      },
    },
    {
      name: 'code-identifiers',
      contract: 'protocol, Tokens: jti',
      holds: 'No two codes have one jti; those of a grant begin alike, those of two grants differ.',
      mend: 'Put the grant’s random 8 characters before a counter that goes on from pack to pack.',
      ask: async (issuer) => {
        const { holder, shown, identity } = await traveller(issuer);
        const fresh = reached(await freshCodes(holder, shown.grant.token), Pack);
        const ofGrant = readable([...shown.pack.codes, ...fresh.codes]);
        const next = await look(await TestHolder.create(issuer), { identity });
        const ofNext = readable(next.pack.codes);
        const all = [...ofGrant, ...ofNext].map(({ jti }) => jti);
        demand(new Set(all).size === all.length, 'another jti for each code', 'one jti twice');
        const grants = new Set(ofGrant.map(grantIdOf));
        demand(grants.size === 1, 'one public id for a grant', `${grants.size}`);
        const apart = ofNext.every((claims) => !grants.has(grantIdOf(claims)));
        demand(apart, 'another public id for another grant', 'the same');
      },
    },
    {
      name: 'code-subject',
      contract: 'protocol, Day pseudonym',
      holds:
        'A person has one pseudonym on a service day, whatever the grant, and nobody else has it.',
      mend: 'Derive sub from document type and number under the key of the service day of nbf.',
      ask: async (issuer) => {
        const one = await traveller(issuer);
        const other = await traveller(issuer);
        const again = await look(await TestHolder.create(issuer), { identity: one.identity });
        const subjects = (codes: readonly string[]): Map<string, string> =>
          new Map(readable(codes).map(({ nbf, sub }) => [dayOf(nbf), sub]));
        const [first, second, foreign] = [one.shown, again, other.shown].map(({ pack }) =>
          subjects(pack.codes),
        );
        for (const { nbf, sub } of readable(one.shown.pack.codes)) {
          demand(first?.get(dayOf(nbf)) === sub, 'one sub in a pack and day', 'two');
        }
        for (const [day, sub] of first ?? []) {
          const later = second?.get(day);
          demand(
            later === undefined || later === sub,
            'the same sub under the next grant',
            'another',
          );
          demand(foreign?.get(day) !== sub, 'another sub for somebody else', 'the same');
        }
      },
    },
    {
      name: 'fresh-codes',
      contract: 'R16; protocol, POST /v1/codes',
      holds: 'A fresh pack opens new windows from this moment, for the rest of the grant.',
      mend: 'Mint from now to the grant’s end; a fresh pack makes no grant longer.',
      ask: async (issuer) => {
        const { holder, shown } = await traveller(issuer);
        const { policy } = await issuer.metadata();
        const pack = demandShape(await freshCodes(holder, shown.grant.token), Pack);
        const until = Math.min(shown.grant.expiresAt, shown.proof.validUntil);
        const from = Math.floor(pack.serverTime / 1000);
        demandWindows(pack.codes, from, until, policy.codeSeconds);
      },
    },
    {
      name: 'packs-of-a-grant',
      contract: 'protocol, POST /v1/codes: at most 60 a grant',
      holds: 'A grant gives no more packs than the policy says; then it says how long to wait.',
      mend: 'Count packs in the statement that takes the counters; answer rate-limited, Retry-After.',
      ask: async (issuer) => {
        const { holder, shown } = await traveller(issuer);
        const published = (await issuer.metadata()).policy.packsPerGrant;
        const packsPerGrant = Math.min(published, policy.packsPerGrant);
        const sent = { grant: shown.grant.token, body: {} };
        for (let pack = 1; pack <= packsPerGrant; pack++) {
          const answer = await holder.call(holderCalls.codes, sent);
          if (answer.status !== 200) {
            throw new NotReached(`the ${pack}th pack was answered ${inShort(answer)}`);
          }
        }
        const answer = await holder.callOnce(holderCalls.codes, sent);
        demandProblem(answer, 'rate-limited');
        const wait = answer.headers.get('Retry-After') ?? 'nothing';
        demand(/^\d+$/.test(wait), 'Retry-After in seconds', wait);
      },
    },
    {
      name: 'grant-from-the-check',
      contract: 'R17; protocol, the grant’s 30 min start at the assertion’s iat',
      holds: 'A grant runs from the moment of the liveness check, and never beyond the proof.',
      mend: 'Count grantSeconds from the assertion’s iat, never later than now.',
      ask: async (issuer) => {
        const { shown, assertion } = await traveller(issuer);
        const { policy } = await issuer.metadata();
        const expected = Math.min(
          checkedAt(assertion) + policy.grantSeconds,
          shown.proof.validUntil,
        );
        const off = shown.grant.expiresAt - expected;
        demand(off === 0, `${policy.grantSeconds} s from the check`, `${off} s more`);
      },
    },
  ],
};
