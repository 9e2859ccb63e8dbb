import assert from 'node:assert/strict';
import { people } from '../../../mock-server/testbed/people.ts';
import type {
  ApplicationState,
  LivenessRequired,
  Pack,
  TypedIdentity,
} from '../../../widget/protocol/messages/holder.ts';
import { ask, passLiveness, signIn, type Answer, type Holder } from '../running-issuer.ts';
import { hour, minute, nextDay, nextMonth } from './calendar.ts';
import type { BeginCheck, Device, EdgeName, Person, Step } from './history.ts';
import { HistoryModel, type Application, type Check, type Grant } from './model.ts';
import type { Stage } from './stage.ts';

/** A history as it is lived: each step is carried out by real calls, and told to the model. */
export class Life {
  readonly stage: Stage;
  readonly model = new HistoryModel();
  /** Who has had to do with the issuer so far. */
  readonly met = new Set<Person>();
  readonly #sessions = new Map<Person, { token: string; until: number }>();
  /** The last check begun on each device, with the answer that asked for it. */
  readonly #checks = new Map<Device, { check: Check; required: Answer<LivenessRequired> }>();

  constructor(stage: Stage) {
    this.stage = stage;
  }

  /** Now, in whole seconds since the epoch. */
  get at(): number {
    return Math.floor(this.stage.running.time / 1000);
  }

  readonly holder = (device: Device): Holder => this.stage.holders[device]!;

  readonly count = (what: string): void => {
    const { happened } = this.stage;
    happened.set(what, (happened.get(what) ?? 0) + 1);
  };

  /** Devices look for a fresh nonce afterwards, or half of their calls would be made in vain. */
  async #waitUntil(time: number): Promise<void> {
    this.stage.running.time = Math.max(this.stage.running.time, time);
    const { headers } = await ask(this.stage.running, 'GET', '/.well-known/boarding-id');
    for (const holder of this.stage.holders) holder.nonce = headers.get('DPoP-Nonce') ?? undefined;
  }

  async take(step: Step): Promise<void> {
    switch (step.step) {
      case 'begin':
        return this.#begin(step);
      case 'finish':
        return this.#finish(step.device);
      case 'refresh': {
        const grant = this.model.grants.findLast(({ device }) => device === step.device);
        return grant && this.refresh(grant);
      }
      case 'sign-out':
        return this.#signOut(step.device);
      case 'decide-reviews':
        return this.#decideReviews(step.approve);
      case 'wait':
        return this.#waitUntil(this.stage.running.time + step.ms);
      case 'wait-for': {
        const edge = this.#edge(step.edge, step.person);
        return edge === undefined ? undefined : this.#waitUntil(edge * 1000 + step.offset);
      }
    }
  }

  #edge(edge: EdgeName, person: Person): number | undefined {
    const at = this.at;
    const proof = this.model.lastProof(person);
    const grant = this.model.grants.findLast((candidate) => candidate.person === person);
    const check = [...this.#checks.values()].findLast(({ check }) => check.person === person);
    switch (edge) {
      case 'window':
        return grant?.codes.find(({ exp }) => exp > at)?.exp;
      case 'check':
        return check && check.check.checkedAt + 2 * minute;
      case 'grant':
        return grant?.until;
      case 'renewal':
        return proof && proof.issuedAt + 21 * hour;
      case 'proof':
        return proof && proof.issuedAt + 24 * hour;
      case 'month':
        return nextMonth(at);
      default:
        return nextDay(at);
    }
  }

  async session(person: Person): Promise<string> {
    const known = this.#sessions.get(person);
    if (known && this.at < known.until) return known.token;
    const token = await signIn(this.stage.running, person);
    this.#sessions.set(person, { token, until: this.at + 15 * minute });
    return token;
  }

  async #begin({ purpose, person, device, signedIn, stranger, late }: BeginCheck): Promise<void> {
    this.met.add(person);
    const holder = this.holder(device);
    const by =
      signedIn && !stranger
        ? { session: await this.session(person) }
        : { identity: typed(person, stranger) };
    const required = await (purpose === 'apply' ? holder.apply(by) : holder.view(by));
    assert.equal(required.status, 200);
    const isLate = late && purpose === 'apply' && !stranger;
    if (isLate) await ask(this.stage.running, 'POST', '/mock/review', { body: { late: true } });
    const assertion = await passLiveness(this.stage.running, required);
    if (isLate) await ask(this.stage.running, 'POST', '/mock/review', { body: { late: false } });

    const application: Application | undefined =
      purpose === 'apply'
        ? { person, id: required.body.id, device, appliedAt: this.at, status: 'started' }
        : undefined;
    if (application) this.model.applications.push(application);
    const check: Check = {
      person,
      device,
      stranger,
      late: isLate,
      checkedAt: this.at,
      assertion,
      used: false,
      application,
    };
    this.#checks.set(device, { check, required });
  }

  async #finish(device: Device): Promise<void> {
    const begun = this.#checks.get(device);
    if (!begun) return;
    const { check, required } = begun;
    const expected = this.model.finish(check, this.at);
    const isRepeat = check.used;
    const answer = await this.holder(device).complete(required, check.assertion);
    this.count(isRepeat ? `again: ${expected}` : expected);
    const renews = expected === 'issued' && this.model.validProof(check.person, this.at);
    if (renews && !isRepeat) this.count('renewed');
    if (expected === 'issued' || expected === 'existing') {
      assert.equal(answer.problem ?? answer.body.outcome, expected);
      check.used = true;
      this.model.shown(check, answer.body, expected === 'issued' && !isRepeat, this.at);
      return;
    }
    if (expected === 'refused') {
      assert.ok(answer.status >= 400, `a check shown again: ${answer.status}`);
      return;
    }
    assert.equal(answer.problem, expected);
    if (expected === 'liveness-expired') return;
    check.used = true;
    if (expected === 'quota-exhausted') {
      const { availableFrom } = answer.body as { availableFrom?: number };
      assert.equal(availableFrom, nextMonth(this.at));
    }
    if (!check.application) return;
    if (expected === 'review-pending') check.application.status = 'review-pending';
    else Object.assign(check.application, { status: 'refused', reason: expected });
  }

  /** Asks for fresh codes, of a grant that may be over. */
  async refresh(grant: Grant): Promise<void> {
    const isLive = this.model.liveGrant(grant.person, this.at) === grant;
    const answer = await this.holder(grant.device).call<Pack>('POST', '/v1/codes', {
      body: {},
      grant: grant.token,
    });
    this.count(isLive ? 'refreshed' : 'refresh refused');
    assert.equal(answer.problem, isLive ? undefined : 'verification-required');
    if (isLive) this.model.packed(grant, answer.body, this.at);
  }

  async #signOut(device: Device): Promise<void> {
    assert.equal((await this.holder(device).call('DELETE', '/v1/grants')).status, 204);
    this.model.endGrants((grant) => grant.device === device);
  }

  async #decideReviews(approve: boolean): Promise<void> {
    const waiting = this.model.applications.filter(({ status }) => status === 'review-pending');
    const { body } = await ask<{ decided: number }>(
      this.stage.running,
      'POST',
      '/mock/review/decisions',
      { body: { approve } },
    );
    assert.equal(body.decided, waiting.length);
    for (const application of waiting) await this.#decided(application, approve);
  }

  /** The outcome as the device that applied is told it; approval makes the proof by itself (R14). */
  async #decided(application: Application, approve: boolean): Promise<void> {
    const { person, device, id } = application;
    const outcome = this.model.chain(person, this.at);
    const { body } = await this.holder(device).call<ApplicationState>(
      'GET',
      `/v1/applications/${id}`,
    );
    if (approve && outcome === 'issued') {
      assert.equal(body.status, 'approved');
      this.model.issued(person, body.proof!, this.at);
      this.model.endGrants((grant) => grant.person === person);
      Object.assign(application, { status: 'approved', proof: body.proof!.number });
    } else {
      const reason = !approve
        ? 'review-refused'
        : outcome === 'existing'
          ? 'proof-still-valid'
          : outcome;
      assert.deepEqual(body, { status: 'refused', reason });
      Object.assign(application, { status: 'refused', reason });
    }
    this.count(`review: ${application.reason ?? application.status}`);
  }
}

/** A person's number, typed by themselves or by somebody else. */
function typed(person: Person, stranger: boolean): TypedIdentity {
  const { identity } = people.find(({ id }) => id === person)!;
  return {
    documentType: 'resident-id',
    number: identity.number,
    name: stranger ? '王大明' : identity.name,
  };
}
