import type { Pack, Shown, TypedIdentity } from '../../widget/protocol/messages/holder.ts';
import { ask, Holder, type Answer, type RunningIssuer } from '../issuer/running-issuer.ts';
import { seededRandom } from '../protocol/seeded-random.ts';
import { residentNumber } from './cast.ts';

export interface Day {
  /** Milliseconds since the epoch; the clock stands still meanwhile. */
  time: number;
  people: number;
  seed: number;
  /** Whether whoever applies here has to wait for a review. */
  late: boolean;
  /** Whether everyone is sold a ticket first. */
  sellsTickets: boolean;
}

/** So many people are at it at the same time. */
const together = 25;

const station = 'beijing-south';

/** A person on a device of their own: another one at each server. */
class Traveller {
  readonly #running: RunningIssuer;
  readonly #holder: Holder;
  readonly identity: TypedIdentity;
  #shown: Shown | undefined;
  #code: string | undefined;

  constructor(running: RunningIssuer, holder: Holder, identity: TypedIdentity) {
    this.#running = running;
    this.#holder = holder;
    this.identity = identity;
  }

  buyTicket() {
    const body = { identity: this.identity, kind: 'single', train: 'G901' };
    return ask(this.#running, 'POST', '/mock/tickets', { body });
  }

  readonly does = {
    apply: async () => this.#keep(await this.#holder.obtain({ identity: this.identity })),
    view: async () =>
      this.#keep(await this.#holder.complete(await this.#holder.view({ identity: this.identity }))),
    refresh: async () => {
      const grant = this.#shown?.grant.token ?? 'none';
      const answer = await this.#holder.call<Pack>('POST', '/v1/codes', { body: {}, grant });
      if (answer.problem === undefined) this.#code = answer.body.codes[0];
      return answer;
    },
    enter: () => {
      const credential = this.#running.server.issuer.secrets['gate-credential'];
      return ask(this.#running, 'POST', '/v1/admissions', {
        body: { scanned: this.#code ?? '-', purpose: 'entry', station, lane: '1' },
        headers: { Authorization: `Bearer ${credential.toString('base64url')}` },
      });
    },
    'sign out': () => this.#holder.call('DELETE', '/v1/grants'),
    // Not the person's own doing, but in the midst of it.
    review: () => ask(this.#running, 'POST', '/mock/review/decisions', { body: { approve: true } }),
  } satisfies Record<string, () => Promise<Answer>>;

  #keep(answer: Answer<Shown>): Answer<Shown> {
    if (answer.problem === undefined) {
      this.#shown = answer.body;
      this.#code = answer.body.pack.codes[0];
    }
    return answer;
  }
}

type Action = keyof Traveller['does'];

/** What a person does first, and then. */
const often: readonly (readonly Action[])[] = [
  ['apply', 'apply', 'view', 'refresh', 'sign out'],
  ['enter', 'enter', 'refresh', 'apply', 'view', 'sign out', 'review'],
];

const cast = new Map<number, Traveller>();

/**
 * Everyone does two things, and one group after the other all at once.
 *
 * @returns how often each thing came to what, as `apply: issued`
 */
export async function liveThroughDay(
  running: RunningIssuer,
  { time, people, seed, late, sellsTickets }: Day,
): Promise<Record<string, number>> {
  running.time = time;
  await ask(running, 'POST', '/mock/review', { body: { late } });
  const random = seededRandom(seed);
  const came: Record<string, number> = {};
  const act = async (traveller: Traveller): Promise<void> => {
    for (const actions of often) {
      const action = random.pick(actions);
      const { problem, body } = await traveller.does[action]();
      const { outcome, reason } = body as { outcome?: string; reason?: string };
      const what = `${action}: ${problem ?? outcome ?? reason ?? 'done'}`;
      came[what] = (came[what] ?? 0) + 1;
    }
  };
  for (let first = 0; first < people; first += together) {
    const group: Traveller[] = [];
    for (let index = first; index < Math.min(first + together, people); index++) {
      const known = cast.get(index);
      const traveller =
        known ?? new Traveller(running, await Holder.create(running), residentNumber(index));
      cast.set(index, traveller);
      if (sellsTickets) await traveller.buyTicket();
      group.push(traveller);
    }
    await Promise.all(group.map(act));
  }
  return came;
}
