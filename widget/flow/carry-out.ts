import type { LivenessRequired, Shown } from '../protocol/messages/holder.ts';
import { windowsOf, type CodeClock } from './code-clock.ts';
import type { Effect } from './effects.ts';
import type { FlowEvent, Lane } from './events.ts';
import type { Holder } from './holder.ts';
import type { Answer } from './issuer-client/answer.ts';
import { waitFor, type IssuerClient } from './issuer-client/issuer-client.ts';
import type { Ports } from './ports.ts';
import { mayPass, type Refusal } from './refusal.ts';
import { obstacles } from './state.ts';

/** Effects that take time and come back with an event. */
export type LaneEffect = Extract<Effect, { lane: Lane }>;

export interface EffectContext {
  ports: Pick<Ports, 'readiness' | 'location' | 'liveness' | 'page' | 'after'>;
  client: IssuerClient;
  holder: Holder;
  clock: CodeClock;
  /** Settles when it is known who is there, and what of theirs rests on this phone. */
  recognised: () => Promise<void>;
}

/** @returns what it came to; nothing when it was aborted, and then nothing has been changed either */
type Carry<Type extends LaneEffect['type']> = (
  effect: Extract<LaneEffect, { type: Type }>,
  context: EffectContext,
  signal: AbortSignal,
) => Promise<FlowEvent | undefined>;

/** Carries out one effect through the ports. */
export function carryOut(
  effect: LaneEffect,
  context: EffectContext,
  signal: AbortSignal,
): Promise<FlowEvent | undefined> {
  return (carriers[effect.type] as Carry<LaneEffect['type']>)(effect, context, signal);
}

/** A phone's clock further off than this is mentioned. */
const wrongMilliseconds = 5 * 60_000;

const refused = (lane: Lane, refusal: Refusal): FlowEvent => ({ type: 'refused', lane, refusal });

const answered = <Value>(
  lane: Lane,
  answer: Answer<Value>,
  event: (value: Value) => FlowEvent,
): FlowEvent => (answer.ok ? event(answer.value) : refused(lane, answer.refusal));

const carriers: { [Type in LaneEffect['type']]: Carry<Type> } = {
  async 'check-readiness'(_effect, { ports, clock }) {
    const found = new Set(await ports.readiness.check());
    if (clock.isSet() && Math.abs(clock.offset()) > wrongMilliseconds) found.add('clock-wrong');
    if (!ports.page.online()) found.add('offline');
    return { type: 'readiness-known', obstacles: obstacles.filter((each) => found.has(each)) };
  },

  async locate(_effect, { ports, client, recognised }, signal) {
    // Whoever has a code in the vault is shown that, and asked nothing.
    await recognised();
    if (signal.aborted) return undefined;
    const found = await ports.location.locate(signal);
    if (!found.ok) return { type: 'location-failed', reason: found.reason };
    const answer = await client.call('place', { body: found.coordinates, signal });
    return answer.ok
      ? { type: 'located', place: answer.value }
      : { type: 'place-refused', refusal: answer.refusal };
  },

  async submit({ purpose, identity, consent, place }, { client, holder, clock }, signal) {
    // The session was lost and somebody goes on as a guest: by a guest's rules (R18).
    if (identity && holder.user() !== undefined) holder.forget();
    if (!clock.isSet() || clock.isDoubtful()) {
      // The check that follows ends at an instant of the server's clock, which must be known (B3).
      const metadata = await client.call('metadata', { signal });
      if (!metadata.ok) return refused('submission', metadata.refusal);
      clock.set(metadata.value.serverTime);
    }
    const asGuest = identity !== undefined;
    const who = identity ? { identity, consent } : { consent };
    const answer =
      purpose === 'apply'
        ? await client.call('apply', { body: { ...who, place }, asGuest, signal })
        : await client.call('view', { body: who, asGuest, signal });
    return answered('submission', answer, (required: LivenessRequired) => ({
      type: 'liveness-required',
      purpose,
      required,
    }));
  },

  async 'run-liveness'({ transaction }, { ports }, signal) {
    const answer = await ports.liveness.run(transaction, signal);
    switch (answer.status) {
      case 'passed':
        return { type: 'liveness-passed', assertion: answer.assertion };
      case 'cancelled':
        return { type: 'liveness-cancelled' };
      default:
        return refused('liveness', { code: answer.code, attemptsLeft: answer.attemptsLeft });
    }
  },

  async complete({ purpose, id, assertion, after }, context, signal) {
    const { ports, client, holder } = context;
    if (after > 0) await waitFor(after, signal, ports.after);
    if (signal.aborted) return undefined;
    // From here on the issuer may decide without us (B6).
    if (purpose === 'apply') holder.setApplication(id);
    const answer =
      purpose === 'apply'
        ? await client.call('completeApplication', { id, body: { assertion }, signal })
        : await client.call('completeView', { id, body: { assertion }, signal });
    if (signal.aborted) return undefined;
    if (answer.ok) return take(answer.value, context, signal);

    const { refusal } = answer;
    if (purpose === 'apply' && refusal.code === 'review-pending') {
      return { type: 'application-known', id, application: { status: 'review-pending' } };
    }
    const unconfirmed = { type: 'unconfirmed', purpose, id, assertion } as const;
    if (mayPass.has(refusal.code)) return { ...unconfirmed, refusal };
    if (purpose === 'apply' && isTooLate(refusal)) {
      // An earlier try may have come in time, and only its answer been lost.
      const known = await client.call('application', { id, signal });
      if (signal.aborted) return undefined;
      if (!known.ok && mayPass.has(known.refusal.code)) {
        return { ...unconfirmed, refusal: known.refusal };
      }
      if (known.ok && known.value.status !== 'started') {
        if (known.value.status !== 'review-pending') holder.setApplication(undefined);
        return { type: 'application-known', id, application: known.value };
      }
    }
    if (purpose === 'apply') holder.setApplication(undefined);
    // Passed in time, or there would be no assertion: it is the network that took too long.
    const late = refusal.code === 'liveness-expired';
    return refused('submission', late ? { code: 'liveness-undelivered' } : refusal);
  },

  async 'refresh-codes'(_effect, { client, holder, clock }, signal) {
    const grant = holder.grant();
    if (!grant) return refused('codes', { code: 'verification-required' });
    const answer = await client.call('codes', { grant: grant.token, body: {}, signal });
    if (signal.aborted) return undefined;
    // Another tab's grant has taken its place.
    if (holder.grant()?.token !== grant.token) return undefined;
    if (!answer.ok) return refused('codes', answer.refusal);
    const { codes, serverTime } = answer.value;
    const windows = windowsOf(codes);
    if (!windows) return refused('codes', { code: 'unintelligible-answer' });
    clock.set(serverTime);
    holder.setGrant({ ...grant, codes, clockOffset: clock.offset() });
    return { type: 'refreshed', windows, pack: answer.value };
  },

  async 'load-me'(_effect, { client }, signal) {
    return answered('start', await client.call('me', { signal }), (me) => ({
      type: 'me-known',
      me,
    }));
  },

  async 'load-records'(_effect, { client }, signal) {
    return answered('records', await client.call('records', { signal }), (records) => ({
      type: 'records-known',
      records,
    }));
  },

  async 'ask-outcome'({ id, after }, { ports, client, holder }, signal) {
    for (let asked = after === 'nothing' ? 0 : 1; ; asked++) {
      if (asked > 0) await waitFor(pauseBeforeAsking(asked), signal, ports.after);
      if (signal.aborted) return undefined;
      const answer = await client.call('application', { id, signal });
      if (signal.aborted) return undefined;
      const pending = answer.ok && answer.value.status === 'review-pending';
      // That it is pending is news only to whoever asked just now.
      if (asked > 0 && pending) continue;
      if (!answer.ok && mayPass.has(answer.refusal.code)) continue;
      const over = answer.ok ? !pending : answer.refusal.code === 'not-found';
      if (over) holder.setApplication(undefined);
      return answered('review', answer, (application) => ({
        type: 'application-known',
        id,
        application,
      }));
    }
  },
};

const isTooLate = ({ code }: Refusal): boolean =>
  code === 'liveness-expired' || code === 'liveness-mismatch';

/** Seconds: 2, 4, 8, 16, then every 30. */
const pauseBeforeAsking = (asked: number): number => Math.min(30, 2 ** asked);

/**
 * A grant and its pack go to the holder; the masked identity goes to the screen alone (B7). A registered
 * user who closes the page as soon as the code is there finds it again: it was stored before (R19).
 */
async function take(
  { outcome, proof, holder: masked, grant, pack }: Shown,
  { ports, holder, clock }: EffectContext,
  signal: AbortSignal,
): Promise<FlowEvent | undefined> {
  const windows = windowsOf(pack.codes);
  if (!windows) return refused('submission', { code: 'unintelligible-answer' });
  clock.set(pack.serverTime);
  holder.setGrant({
    token: grant.token,
    expiresAt: grant.expiresAt,
    proof,
    codes: pack.codes,
    clockOffset: clock.offset(),
  });
  holder.setApplication(undefined);
  await stored(holder, ports);
  if (signal.aborted) {
    // Nobody is there any more to whom it could be shown.
    if (holder.grant()?.token === grant.token) holder.dropGrant();
    return undefined;
  }
  const showing = { proof, holder: masked, grantExpiresAt: grant.expiresAt, windows };
  return { type: 'shown', outcome, showing };
}

/** Storage that hangs keeps nobody from the code for longer than this. */
const storedWithinSeconds = 1;

async function stored(holder: Holder, ports: EffectContext['ports']): Promise<void> {
  const waiting = new AbortController();
  void holder.written().then(() => waiting.abort());
  await waitFor(storedWithinSeconds, waiting.signal, ports.after);
}
