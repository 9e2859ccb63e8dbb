import { gateCalls } from '../../../widget/protocol/gate-calls.ts';
import { InspectionAnswer } from '../../../widget/protocol/messages/gate.ts';
import { demandProblem, demandShape } from '../answer.ts';
import { demand, type Area } from '../check.ts';
import type { IssuerUnderTest } from '../issuer-under-test.ts';
import { signOut, traveller } from '../steps.ts';
import { rider } from '../ticket-office.ts';
import { askAsStaff, credentialFor, scanned, shownCode, type Look } from '../verifier.ts';

/** What a look at a code shows, with whatever it says beside the members of the contract. */
async function inspect(
  issuer: IssuerUnderTest,
  code: string,
  look: Look,
): Promise<InspectionAnswer> {
  const answer = await askAsStaff(issuer, gateCalls.inspect, { body: scanned(code, look) });
  demandShape(answer, InspectionAnswer);
  return answer.body as InspectionAnswer;
}

export const inspections: Area = {
  title: 'Looks by crews and counters',
  checks: [
    {
      name: 'inspection',
      contract: 'protocol, POST /v1/inspections; B7',
      holds: 'A counter’s look at a fresh code shows the identity masked, with the proof.',
      mend: 'Answer holder, masked as to the holder, and at a counter the proof.',
      ask: async (issuer) => {
        const { shown } = await traveller(issuer);
        const read = await inspect(issuer, shownCode(shown), { purpose: 'counter' });
        demand(read.admitted, 'admitted', read.admitted ? '' : read.reason);
        const isSame = read.holder.number === shown.holder.number;
        demand(isSame, 'the masked number that the holder sees', 'another');
        demand(read.proof?.number === shown.proof.number, 'the proof', 'none or another');
      },
    },
    {
      name: 'inspection-of-a-ticket',
      contract: 'protocol, POST /v1/inspections: masked identity with the ticket',
      holds: 'On board and at a check the masked identity is shown with the ticket, not the proof.',
      mend: 'Answer holder and ticket, and no more than the purpose needs.',
      ask: async (issuer) => {
        const { shown, code, ticket } = await rider(issuer);
        const { train, from } = ticket;
        const looks: Look[] = [
          { purpose: 'onboard', train },
          { purpose: 'check', station: from },
        ];
        for (const each of looks) {
          const read = await inspect(issuer, code, each);
          const { purpose } = each;
          demand(read.admitted, `admitted, ${purpose}`, read.admitted ? '' : read.reason);
          const isSame = read.holder.number === shown.holder.number;
          demand(isSame, 'the masked number that the holder sees', 'another');
          demand(read.ticket?.id === ticket.id, `the ticket, ${purpose}`, 'none or another');
          demand(read.proof === undefined, `no proof, ${purpose}`, 'one');
        }
      },
    },
    {
      name: 'inspection-refused',
      contract: 'protocol, POST /v1/inspections: the whole fresh code; B7',
      holds:
        'A look at a code that does not hold shows nobody: none, spoilt, signed out, no ticket.',
      mend: 'Run the one check first, and answer its reason alone.',
      ask: async (issuer) => {
        const { holder, shown } = await traveller(issuer);
        const code = shownCode(shown);
        const demandNobody = async (reason: string, text: string, each: Look): Promise<void> => {
          const read = await inspect(issuer, text, each);
          const came = read.admitted ? 'admitted' : read.reason;
          demand(came === reason, reason, came);
          demand(!('holder' in read), 'nobody shown', 'somebody');
        };
        await demandNobody('malformed', 'x', { purpose: 'counter' });
        await demandNobody('no-ticket', code, { purpose: 'onboard', train: 'none' });
        await signOut(holder);
        await demandNobody('revoked', code, { purpose: 'counter' });
      },
    },
    {
      name: 'inspection-purposes',
      contract: 'protocol, POST /v1/inspections: onboard, check, counter',
      holds:
        'A look is no entry and no exit: whoever asks to be shown somebody at a gate is refused.',
      mend: 'Answer invalid-request for other purposes; gates look at nobody.',
      ask: async (issuer) => {
        const { shown } = await traveller(issuer);
        for (const purpose of ['entry', 'exit'] as const) {
          const body = scanned(shownCode(shown), { purpose });
          demandProblem(await askAsStaff(issuer, gateCalls.inspect, { body }), 'invalid-request');
        }
      },
    },
    {
      name: 'credential-of-the-other',
      contract: 'protocol, HTTP: by gate credential, by crew credential',
      holds: 'A gate’s credential shows nobody’s identity, and a crew’s opens no gate.',
      mend: 'Compare each call’s credential with the one of its own kind.',
      ask: async (issuer) => {
        const { admit, inspect: looking } = gateCalls;
        const [gate, crew] = [credentialFor(issuer, admit), credentialFor(issuer, looking)];
        const body = scanned('x', { purpose: 'counter' });
        for (const [call, credential] of [
          [admit, crew],
          [looking, gate],
        ] as const) {
          const headers = { Authorization: `Bearer ${credential}` };
          demandProblem(await issuer.ask(call, { headers, body }), 'credential-required');
        }
      },
    },
  ],
};
