import { admit } from '../../mock-server/gate/admit.ts';
import { openStore, type Store } from '../../mock-server/store/open-store.ts';
import { addTicket } from '../../mock-server/store/tickets.ts';
import { mintCode } from '../../widget/protocol/code/mint.ts';
import { policy } from '../../widget/protocol/policy.ts';

/** Many people with a ticket each, and a gate in a process of its own that judges their codes. */

/** Which code of which person is held in front of which lane. */
export interface Question {
  person: number;
  /** Counts the codes of one person. */
  code: number;
  lane: number;
}

const station = 'beijing-south';
const now = Date.UTC(2027, 2, 1, 4) / 1000;
const kid = 'c1';
const publicJwk = {
  kty: 'EC',
  crv: 'P-256',
  x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4',
  y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM',
};
/** The example key of RFC 7517, appendix A.2. */
const privateJwk = { ...publicJwk, d: '870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE' };
const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };

const subOf = (person: number): string => String(person).padStart(21, 'A') + 'A';

/** Gives so many people a single ticket, from number `from` on. */
export async function people(store: Store, count: number, from = 0): Promise<void> {
  for (let person = from; person < from + count; person++) {
    await addTicket(
      store,
      {
        id: `ticket-${person}`,
        kind: 'single',
        rides: null,
        train: 'G901',
        from_station: station,
        to_station: 'shanghai-hongqiao',
        valid_from: now - 3600,
        valid_until: now + 3600,
      },
      [{ station, day: '2027-03-01', sub: subOf(person) }],
    );
  }
}

async function judgeAll(store: Store, questions: readonly Question[]): Promise<string[]> {
  const signing = {
    kid,
    privateKey: await crypto.subtle.importKey('jwk', privateJwk, algorithm, false, ['sign']),
  };
  const key = await crypto.subtle.importKey('jwk', publicJwk, algorithm, false, ['verify']);
  const gate = { store, policy, codeKeys: async () => new Map([[kid, key]]) };
  const judge = async ({ person, code, lane }: Question): Promise<string> => {
    const scanned = await mintCode(
      {
        jti: person.toString(36).padStart(8, '0') + code,
        sub: subOf(person),
        nbf: now,
        exp: now + policy.codeSeconds,
      },
      signing,
    );
    const asked = { scanned, purpose: 'entry', station, lane: `lane ${lane}` } as const;
    const answer = await admit(gate, asked, now);
    return answer.admitted ? 'admitted' : answer.reason;
  };
  // All of a person's at once, as eight lanes would ask.
  const verdicts: string[] = [];
  for (let next = 0; next < questions.length; next += 8) {
    verdicts.push(...(await Promise.all(questions.slice(next, next + 8).map(judge))));
  }
  return verdicts;
}

if (process.send) {
  const store = await openStore(JSON.parse(process.argv[2] ?? '{}'));
  process.on('message', (questions: Question[]) => {
    void judgeAll(store, questions).then((verdicts) => process.send?.(verdicts));
  });
  process.once('disconnect', () => void store.destroy());
}
