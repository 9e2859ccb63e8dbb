import type { AdmissionAnswer } from '../../../widget/protocol/messages/gate.ts';
import { between, withBody, type Passing } from '../between.ts';
import type { Breaking, BrokenIssuer } from '../examined.ts';

type Refusal = Extract<AdmissionAnswer, { admitted: false }>['reason'];

const isAdmission = (call: string): boolean => call === 'POST /v1/admissions';

/** Answers gates with other verdicts. */
const judges = (
  change: (verdict: AdmissionAnswer, passing: Passing) => AdmissionAnswer,
): Breaking =>
  between(async (passing) => {
    const response = await passing.forward();
    if (!isAdmission(passing.call) || response.status !== 200) return response;
    return withBody(response, (body) => change(body as AdmissionAnswer, passing));
  });

/** Admits where ours refuses for a reason. */
const forgives = (
  reason: Refusal,
  isForgiven: (passing: Passing) => boolean = () => true,
): Breaking =>
  judges((verdict, passing) => {
    const isIt = !verdict.admitted && verdict.reason === reason;
    return isIt && isForgiven(passing) ? { admitted: true } : verdict;
  });

const refused = (reason: Refusal, code: string): AdmissionAnswer => ({
  admitted: false,
  reason,
  code,
});

/** Has another body judged in place of what gates ask. */
const takes = (change: (body: Passing['body']) => object): Breaking =>
  between(async ({ call, body, forward }) =>
    forward(isAdmission(call) && body['scanned'] !== undefined ? { body: change(body) } : {}),
  );

const isEntry = ({ body }: Passing): boolean => body['purpose'] === 'entry';

export const ofGates: readonly BrokenIssuer[] = [
  {
    what: 'lets a ticket enter as often as it is shown',
    fails: ['second-entry', 'ride-again', 'admitted-offline'],
    breaking: forgives('already-entered'),
  },
  {
    what: 'lets out whoever has not entered',
    fails: ['exit-without-entry'],
    breaking: forgives('not-entered'),
  },
  {
    what: 'lets in without a ticket',
    fails: ['ticket-needed'],
    breaking: forgives('no-ticket', isEntry),
  },
  {
    what: 'takes a ticket at the gate of any train',
    fails: ['wrong-train'],
    breaking: takes((body) => ({ ...body, train: undefined })),
  },
  {
    what: 'counts a code anew at each lane',
    fails: ['code-used-twice', 'code-in-another-spelling'],
    breaking: (running) => {
      const lanes = new Set<string>();
      return judges((verdict, { body }) => {
        const use = JSON.stringify([body['scanned'], body['lane']]);
        const isNew = !lanes.has(use);
        lanes.add(use);
        const isUsed = !verdict.admitted && verdict.reason === 'already-used';
        return isUsed && isNew ? { admitted: true } : verdict;
      })(running);
    },
  },
  {
    what: 'writes down the string of a code and not its jti',
    fails: ['code-in-another-spelling'],
    breaking: (running) => {
      const used = new Set<unknown>();
      return judges((verdict, { body: { scanned } }) => {
        if (verdict.admitted) used.add(scanned);
        const isUsed = !verdict.admitted && verdict.reason === 'already-used';
        return isUsed && !used.has(scanned) ? { admitted: true } : verdict;
      })(running);
    },
  },
  {
    what: 'refuses what a scanner reads twice',
    fails: ['lane-reads-twice', 'admitted-offline'],
    breaking: (running) => {
      const used = new Set<string>();
      return judges((verdict, { body: { scanned, purpose } }) => {
        if (!verdict.admitted || !['entry', 'exit'].includes(String(purpose))) return verdict;
        const use = JSON.stringify([scanned, purpose]);
        if (used.has(use)) return refused('already-used', 'U2');
        used.add(use);
        return verdict;
      })(running);
    },
  },
  {
    what: 'uses a code up by looking at it',
    fails: ['looks-use-nothing'],
    breaking: (running) => {
      const seen = new Set<unknown>();
      return judges((verdict, passing) => {
        const { scanned } = passing.body;
        if (isEntry(passing) && seen.has(scanned)) return refused('already-used', 'U2');
        if (verdict.admitted && !isEntry(passing)) seen.add(scanned);
        return verdict;
      })(running);
    },
  },
  {
    what: 'takes every ticket for a single one',
    fails: ['ride-again'],
    breaking: (running) => {
      const entered = new Map<string, unknown>();
      return judges((verdict, passing) => {
        if (!isEntry(passing) || !verdict.admitted || !verdict.ticket) return verdict;
        const { id } = verdict.ticket;
        const { scanned } = passing.body;
        const earlier = entered.get(id) ?? scanned;
        entered.set(id, earlier);
        return earlier === scanned ? verdict : refused('already-entered', 'U3');
      })(running);
    },
  },
  {
    what: 'forgets what a gate has admitted alone',
    fails: ['admitted-offline'],
    breaking: between(async ({ call, body, forward }) => {
      const { admittedAt, ...asked } = body;
      if (!isAdmission(call) || admittedAt === undefined) return forward();
      const refusal = await forward({ body: { ...body, scanned: 'x' } });
      return refusal.ok ? forward({ body: { ...asked, purpose: 'check' } }) : refusal;
    }),
  },
  {
    what: 'gives every refusal the same characters',
    fails: ['admission-reasons'],
    breaking: judges((verdict) => (verdict.admitted ? verdict : { ...verdict, code: 'A2' })),
  },
  {
    what: 'does not read the digits of a QR',
    fails: ['admission-of-digits', 'code-in-another-spelling'],
    breaking: judges((verdict, { body: { scanned } }) =>
      /^\d+$/.test(String(scanned)) ? refused('malformed', 'A2') : verdict,
    ),
  },
  {
    what: 'tells a gate under which pseudonym a ticket stands',
    fails: ['entry-and-exit'],
    breaking: judges((verdict) =>
      verdict.admitted && verdict.ticket
        ? { ...verdict, ticket: { ...verdict.ticket, sub: 'x' } as typeof verdict.ticket }
        : verdict,
    ),
  },
  {
    what: 'takes a purpose that there is not for a counter’s',
    fails: ['admission-form'],
    breaking: takes(({ purpose, ...body }) => ({
      ...body,
      purpose: purpose === 'boarding' ? 'counter' : purpose,
    })),
  },
  {
    what: 'accepts a code after its end',
    fails: ['code-ends'],
    breaking: forgives('expired'),
  },
  {
    what: 'repeats a lane’s verdict for as long as it likes',
    fails: ['repeat-ends'],
    breaking: forgives('already-used', ({ body }) => body['lane'] === '1'),
  },
];
