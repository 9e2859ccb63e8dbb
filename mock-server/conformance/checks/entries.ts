import { dayOf } from '../../../widget/protocol/shanghai-time.ts';
import { toQrText } from '../../../widget/protocol/code/qr-text.ts';
import { AdmissionAnswer } from '../../../widget/protocol/messages/gate.ts';
import { gateCalls } from '../../../widget/protocol/gate-calls.ts';
import { twinOf } from '../altered-codes.ts';
import { demandProblem, demandShape } from '../answer.ts';
import { demand, NotReached, type Area } from '../check.ts';
import { claimsOf } from '../pack.ts';
import { traveller } from '../steps.ts';
import { freshCode, manifestOf, rider } from '../ticket-office.ts';
import { askAsStaff, demandVerdict, scanned, shownCode } from '../verifier.ts';

export const entries: Area = {
  title: 'Entry, exit and manifests',
  checks: [
    {
      name: 'manifest-has-the-ticket',
      contract: 'protocol, Tokens: manifest; no gate ever holds the key of pseudonyms',
      holds:
        'A ticket stands in the manifests of both its stations, under the sub of the codes alone.',
      mend: 'Write each ticket under its holder’s pseudonym of the day, and nothing else of them.',
      ask: async (issuer) => {
        const { ticket, code } = await rider(issuer);
        const claims = claimsOf(code);
        const day = dayOf(claims?.nbf ?? 0);
        const known = new Set([...Object.keys(ticket), 'sub', 'rides']);
        for (const station of [ticket.from, ticket.to]) {
          const { tickets } = await manifestOf(issuer, station, day);
          const row = tickets.find(({ id }) => id === ticket.id);
          demand(row !== undefined, `the ticket at ${station}`, 'a manifest without it');
          demand(row.sub === claims?.sub, 'the sub of the codes', 'another');
          const { train, from, to, kind } = row;
          const isSame = `${train} ${from} ${to} ${kind}`;
          const sold = `${ticket.train} ${ticket.from} ${ticket.to} ${ticket.kind}`;
          demand(isSame === sold, sold, isSame);
          const more = Object.keys(row).filter((name) => !known.has(name));
          demand(more.length === 0, 'the ticket and its sub alone', more.join(', '));
        }
        const elsewhere = await traveller(issuer);
        const other = claimsOf(shownCode(elsewhere.shown))?.sub;
        const { tickets } = await manifestOf(issuer, ticket.from, day);
        const isNone = !tickets.some(({ sub }) => sub === other);
        demand(isNone, 'nobody without a ticket', 'somebody');
      },
    },
    {
      name: 'entry-and-exit',
      contract: 'R21; protocol, POST /v1/admissions, The check',
      holds: 'A ticket lets its holder in where it begins and out where it ends, once each.',
      mend: 'Choose the ticket by origin at an entry and by destination at an exit; answer it, without sub.',
      ask: async (issuer) => {
        const { ticket, code } = await rider(issuer);
        for (const [purpose, station] of [
          ['entry', ticket.from],
          ['exit', ticket.to],
        ] as const) {
          const read = await demandVerdict(issuer, 'admitted', code, { purpose, station });
          const shown = read.admitted ? read.ticket : undefined;
          demand(shown?.id === ticket.id, 'the ticket', 'none or another');
          demand(!('sub' in shown), 'a ticket without sub', 'one with it');
        }
      },
    },
    {
      name: 'second-entry',
      contract: 'R21; protocol, a single ticket enters once, keyed on the ticket',
      holds: 'A single ticket enters once, whichever code is shown, and not again after its exit.',
      mend: 'Keep the uses of each ticket, not of sub or code alone; answer already-entered.',
      ask: async (issuer) => {
        const person = await rider(issuer);
        const { from, to } = person.ticket;
        const [entry, exit] = [
          { purpose: 'entry', station: from },
          { purpose: 'exit', station: to },
        ] as const;
        await demandVerdict(issuer, 'admitted', person.code, entry);
        const next = await freshCode(person);
        await demandVerdict(issuer, 'already-entered', next, { ...entry, lane: '2' });
        await demandVerdict(issuer, 'admitted', next, exit);
        const last = await freshCode(person);
        await demandVerdict(issuer, 'already-entered', last, entry);
      },
    },
    {
      name: 'exit-without-entry',
      contract: 'protocol, Reasons: not-entered',
      holds: 'Nobody leaves who has not entered, nor twice for one entry.',
      mend: 'Answer not-entered unless the ticket’s last use was an entry.',
      ask: async (issuer) => {
        const person = await rider(issuer);
        const { from, to } = person.ticket;
        const exit = { purpose: 'exit', station: to } as const;
        await demandVerdict(issuer, 'not-entered', person.code, exit);
        await demandVerdict(issuer, 'admitted', person.code, { purpose: 'entry', station: from });
        await demandVerdict(issuer, 'admitted', person.code, exit);
        await demandVerdict(issuer, 'not-entered', await freshCode(person), exit);
      },
    },
    {
      name: 'ticket-needed',
      contract: 'R21; protocol, Reasons: no-ticket',
      holds:
        'Without a ticket, or with one of another station, nobody enters, and no code is used up.',
      mend: 'Answer no-ticket; look at origin at an entry, at the destination at an exit.',
      ask: async (issuer) => {
        const { ticket, code } = await rider(issuer);
        const { from, to } = ticket;
        const stranger = shownCode((await traveller(issuer)).shown);
        const entry = { purpose: 'entry', station: from } as const;
        await demandVerdict(issuer, 'no-ticket', stranger, entry);
        await demandVerdict(issuer, 'no-ticket', stranger, { purpose: 'onboard' });
        await demandVerdict(issuer, 'no-ticket', code, { ...entry, station: to });
        await demandVerdict(issuer, 'no-ticket', code, { purpose: 'exit', station: from });
        await demandVerdict(issuer, 'admitted', code, entry);
      },
    },
    {
      name: 'wrong-train',
      contract: 'protocol, Reasons: wrong-train; a refused code burns nothing',
      holds: 'A gate of one train takes its tickets alone, and a refused code can be shown again.',
      mend: 'Compare the train where the gate names one; write the use down last.',
      ask: async (issuer) => {
        const { ticket, code } = await rider(issuer);
        const entry = { purpose: 'entry', station: ticket.from } as const;
        const other = { ...entry, train: `${ticket.train}x` };
        await demandVerdict(issuer, 'wrong-train', code, other);
        await demandVerdict(issuer, 'admitted', code, { ...entry, train: ticket.train });
      },
    },
    {
      name: 'code-used-twice',
      contract: 'protocol, jti unused for this purpose',
      holds: 'A code that was used at one lane is used up at every other.',
      mend: 'Write down jti and purpose in the one atomic step; answer already-used.',
      ask: async (issuer) => {
        const { ticket, code } = await rider(issuer, 'period');
        const entry = { purpose: 'entry', station: ticket.from } as const;
        await demandVerdict(issuer, 'admitted', code, entry);
        await demandVerdict(issuer, 'already-used', code, { ...entry, lane: '2' });
      },
    },
    {
      name: 'code-in-another-spelling',
      contract: 'protocol, replay is keyed on jti, never on the string: the signature has a twin',
      holds: 'A used code is used in its digits and under its signature’s twin, too.',
      mend: 'Key uses on jti; the same code may be written in more ways than one.',
      ask: async (issuer) => {
        const { ticket, code } = await rider(issuer, 'period');
        const entry = { purpose: 'entry', station: ticket.from } as const;
        await demandVerdict(issuer, 'admitted', code, entry);
        for (const spelling of [toQrText(code), twinOf(code)]) {
          await demandVerdict(issuer, 'already-used', spelling, { ...entry, lane: '2' });
        }
      },
    },
    {
      name: 'lane-reads-twice',
      contract: 'protocol, the same code at the same lane within 3 s repeats the verdict',
      holds: 'A scanner that reads a code twice is given the same verdict twice.',
      mend: 'Compare lane and time with the first use before answering already-used.',
      ask: async (issuer) => {
        const { ticket, code } = await rider(issuer);
        const entry = { purpose: 'entry', station: ticket.from } as const;
        const started = await issuer.now();
        await demandVerdict(issuer, 'admitted', code, entry);
        const body = scanned(code, entry);
        const again = await askAsStaff(issuer, gateCalls.admit, { body });
        const { admitted } = demandShape(again, AdmissionAnswer);
        const { repeatSeconds } = (await issuer.metadata()).policy;
        if (!admitted && (await issuer.now()) - started > repeatSeconds) {
          throw new NotReached(`two calls took longer than ${repeatSeconds} s`);
        }
        demand(admitted, 'admitted again', 'a refusal');
      },
    },
    {
      name: 'looks-use-nothing',
      contract: 'protocol, first use is scoped by purpose: counter, check, onboard do not consume',
      holds: 'A code that was looked at, however often, still enters.',
      mend: 'Write uses down for entry and exit alone.',
      ask: async (issuer) => {
        const { ticket, code } = await rider(issuer);
        const station = ticket.from;
        for (const _ of ['first', 'again']) {
          await demandVerdict(issuer, 'admitted', code, { purpose: 'counter' });
          await demandVerdict(issuer, 'admitted', code, { purpose: 'check', station });
          await demandVerdict(issuer, 'admitted', code, {
            purpose: 'onboard',
            train: ticket.train,
          });
        }
        await demandVerdict(issuer, 'admitted', code, { purpose: 'entry', station });
      },
    },
    {
      name: 'ride-again',
      contract: 'R21; protocol, multi-ride and period tickets follow their own kind',
      holds: 'A multi-ride and a period ticket enter again once they have left, and not before.',
      mend: 'Judge by the ticket’s kind and its last use.',
      ask: async (issuer) => {
        for (const kind of ['multi-ride', 'period'] as const) {
          const person = await rider(issuer, kind);
          const { from, to } = person.ticket;
          const entry = { purpose: 'entry', station: from } as const;
          await demandVerdict(issuer, 'admitted', person.code, entry);
          const next = await freshCode(person);
          await demandVerdict(issuer, 'already-entered', next, entry);
          await demandVerdict(issuer, 'admitted', person.code, { purpose: 'exit', station: to });
          await demandVerdict(issuer, 'admitted', next, entry);
        }
      },
    },
    {
      name: 'admitted-offline',
      contract: 'protocol, The check: told later by admittedAt; told twice, it counts once',
      holds:
        'What a gate let in alone counts from then on, once however often told, and not ahead of time.',
      mend: 'Check as of admittedAt and write the use down; answer invalid-request for the future.',
      ask: async (issuer) => {
        const person = await rider(issuer);
        const entry = { purpose: 'entry', station: person.ticket.from } as const;
        const now = await issuer.now();
        const ahead = scanned(person.code, { ...entry, admittedAt: now + 3600 });
        demandProblem(
          await askAsStaff(issuer, gateCalls.admit, { body: ahead }),
          'invalid-request',
        );
        for (const _ of ['told', 'told again']) {
          await demandVerdict(issuer, 'admitted', person.code, { ...entry, admittedAt: now });
        }
        await demandVerdict(issuer, 'already-entered', await freshCode(person), entry);
      },
    },
  ],
};
