import { Shown } from '../../../widget/protocol/messages/holder.ts';
import { dayAfter, dayOf, startOfDay } from '../../../widget/protocol/shanghai-time.ts';
import { reached } from '../answer.ts';
import { demand, type Area } from '../check.ts';
import { readable } from '../pack.ts';
import { apply, look, pass, signOut, traveller } from '../steps.ts';
import { TestHolder } from '../test-holder.ts';
import { someone, waitUntil } from '../test-people.ts';
import { manifestOf, rider } from '../ticket-office.ts';
import { demandVerdict, publicIdOf, revokedIds, shownCode } from '../verifier.ts';
import { awayFromMonthsEnd } from './time.ts';

/** What the passing of time changes at a gate; each check moves the issuer’s clock on. */
export const timeAtTheGate: Area = {
  title: 'Time at the gate',
  checks: [
    {
      name: 'code-ends',
      contract: 'R15; protocol, The check: window ± 10 s',
      holds: 'After its window and the leeway a code is expired, by as many seconds as it says.',
      mend: 'Refuse from exp + gateLeewaySeconds on, with secondsOff.',
      ask: async (issuer) => {
        const { shown } = await traveller(issuer);
        const code = shownCode(shown);
        const { gateLeewaySeconds } = (await issuer.metadata()).policy;
        const [{ exp } = { exp: 0 }] = readable([code]);
        await waitUntil(issuer, exp + gateLeewaySeconds);
        const answer = await demandVerdict(issuer, 'expired', code, { purpose: 'counter' });
        const off = answer.admitted ? undefined : answer.secondsOff;
        const isRight = off !== undefined && off >= gateLeewaySeconds;
        demand(isRight, `secondsOff of at least ${gateLeewaySeconds}`, String(off));
      },
    },
    {
      name: 'repeat-ends',
      contract: 'protocol, the same code at the same lane within 3 s repeats the verdict',
      holds: 'After these seconds a code is used up at its own lane, too.',
      mend: 'Compare with the time of the first use.',
      ask: async (issuer) => {
        const { ticket, code } = await rider(issuer, 'period');
        const entry = { purpose: 'entry', station: ticket.from } as const;
        await demandVerdict(issuer, 'admitted', code, entry);
        const { repeatSeconds } = (await issuer.metadata()).policy;
        await waitUntil(issuer, (await issuer.now()) + repeatSeconds + 1);
        await demandVerdict(issuer, 'already-used', code, entry);
      },
    },
    {
      name: 'denylist-has-the-renewed',
      contract: 'R12; protocol, ended early by renewal',
      holds: 'A grant that a renewal has ended stands on the denylist.',
      mend: 'List it as those ended by sign-out.',
      ask: async (issuer) => {
        const identity = someone(issuer);
        await waitUntil(issuer, await awayFromMonthsEnd(issuer));
        const { proof } = (await traveller(issuer, identity)).shown;
        await waitUntil(issuer, proof.renewFrom);
        const old = await look(await TestHolder.create(issuer), { identity });
        const holder = await TestHolder.create(issuer);
        const renewed = reached(await pass(holder, await apply(holder, { identity })), Shown);
        const revoked = await revokedIds(issuer);
        demand(revoked.has(publicIdOf(old)), 'the old grant on the list', 'a list without it');
        demand(!revoked.has(publicIdOf(renewed)), 'the new one not on it', 'a list with it');
      },
    },
    {
      name: 'denylist-forgets',
      contract: 'protocol, Tokens: drops them when they would have ended anyway',
      holds: 'The denylist does not grow: a grant is dropped once it would have ended anyway.',
      mend: 'Leave out grants whose own end, and the gates’ leeway, have passed.',
      ask: async (issuer) => {
        const { holder, shown } = await traveller(issuer);
        await signOut(holder);
        const listed = (await revokedIds(issuer)).has(publicIdOf(shown));
        demand(listed, 'the grant on the list', 'a list without it');
        const { gateLeewaySeconds } = (await issuer.metadata()).policy;
        await waitUntil(issuer, shown.grant.expiresAt + gateLeewaySeconds + 1);
        const still = (await revokedIds(issuer)).has(publicIdOf(shown));
        demand(!still, 'a list without it after its end', 'a list with it');
      },
    },
    {
      name: 'manifest-of-tomorrow',
      contract: 'protocol, a ticket stands under every service day it can be used on',
      holds: 'What gates fetch in the evening has the sub that the next day’s codes will have.',
      mend: 'Write a ticket under the pseudonym of each of its days, with that day’s key.',
      ask: async (issuer) => {
        // A proof of midnight ends before the next day has begun.
        await waitUntil(issuer, startOfDay(dayOf(await issuer.now())) + 3600);
        const { identity, ticket, code } = await rider(issuer, 'period');
        const [today] = readable([code]);
        const tomorrow = dayAfter(dayOf(today?.nbf ?? 0), 1);
        const { tickets } = await manifestOf(issuer, ticket.from, tomorrow);
        const row = tickets.find(({ id }) => id === ticket.id);
        demand(row !== undefined, 'the ticket under tomorrow', 'a manifest without it');
        await waitUntil(issuer, startOfDay(tomorrow));
        const next = shownCode(await look(await TestHolder.create(issuer), { identity }));
        const [claims] = readable([next]);
        demand(row.sub === claims?.sub, 'the sub of the next day’s codes', 'another');
        demand(row.sub !== today?.sub, 'another sub than today’s', 'the same');
        const entry = { purpose: 'entry', station: ticket.from } as const;
        await demandVerdict(issuer, 'admitted', next, entry);
      },
    },
  ],
};
