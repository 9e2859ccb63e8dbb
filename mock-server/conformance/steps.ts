import { decodeJwt } from 'jose';
import * as v from 'valibot';
import { holderCalls } from '../../widget/protocol/calls.ts';
import {
  LivenessRequired,
  PlaceFound,
  Shown,
  type TypedIdentity,
} from '../../widget/protocol/messages/holder.ts';
import { inShort, reached, type Answer } from './answer.ts';
import { NotReached } from './check.ts';
import type { IssuerUnderTest } from './issuer-under-test.ts';
import { TestHolder } from './test-holder.ts';
import { someone } from './test-people.ts';

/** Who asks: somebody by what they type, or by a session. */
export type By = { identity: TypedIdentity } | { session: string };

/** Coordinates of Beijing South, where every issuer of the service knows a place. */
export const beijing = { latitude: 39.865, longitude: 116.378 };

export async function placeOf(holder: TestHolder): Promise<string> {
  const answer = await holder.call(holderCalls.place, { body: beijing });
  return reached(answer, PlaceFound).id;
}

const sentBy = (by: By, body: object) => ({
  body: { ...('identity' in by ? { identity: by.identity } : {}), consent: true, ...body },
  ...('session' in by ? { session: by.session } : {}),
});

export const askToApply = async (holder: TestHolder, by: By): Promise<Answer> =>
  holder.call(holderCalls.apply, sentBy(by, { place: await placeOf(holder) }));

export const askToView = (holder: TestHolder, by: By): Promise<Answer> =>
  holder.call(holderCalls.view, sentBy(by, {}));

export const apply = async (holder: TestHolder, by: By): Promise<LivenessRequired> =>
  reached(await askToApply(holder, by), LivenessRequired);

export const view = async (holder: TestHolder, by: By): Promise<LivenessRequired> =>
  reached(await askToView(holder, by), LivenessRequired);

const Attempt = v.union([
  v.object({ assertion: v.string() }),
  v.object({ attemptsLeft: v.number() }),
]);

/** Makes attempts at the test liveness provider until it gives an assertion. */
export async function passLiveness(
  issuer: IssuerUnderTest,
  { liveness }: LivenessRequired,
): Promise<string> {
  const body = { camera: true, prompts: liveness.prompts };
  for (let attempt = 0; attempt < liveness.attempts; attempt++) {
    const answer = await issuer.send('POST', liveness.provider, { body }, 'the liveness provider');
    const outcome = reached(answer, Attempt);
    if ('assertion' in outcome) return outcome.assertion;
  }
  throw new NotReached('the liveness provider gave no assertion after the last attempt');
}

/** When a check was made, as its assertion says: whole seconds since the epoch. */
export function checkedAt(assertion: string): number {
  const { iat } = decodeJwt(assertion);
  if (iat === undefined) throw new NotReached('the liveness provider’s assertion says no iat');
  return iat;
}

export const completion = ({ liveness }: LivenessRequired) =>
  liveness.purpose === 'apply' ? holderCalls.completeApplication : holderCalls.completeView;

export const complete = (
  holder: TestHolder,
  required: LivenessRequired,
  assertion: string,
): Promise<Answer> =>
  holder.call(completion(required), { path: { id: required.id }, body: { assertion } });

/** Passes the check that was asked for. */
export const pass = async (holder: TestHolder, required: LivenessRequired): Promise<Answer> =>
  complete(holder, required, await passLiveness(holder.issuer, required));

/** Somebody whose application has been approved, and what they hold. */
export interface Traveller {
  holder: TestHolder;
  identity: TypedIdentity;
  application: LivenessRequired;
  assertion: string;
  answer: Answer;
  shown: Shown;
}

export async function traveller(
  issuer: IssuerUnderTest,
  identity = someone(issuer),
): Promise<Traveller> {
  const holder = await TestHolder.create(issuer);
  const application = await apply(holder, { identity });
  const assertion = await passLiveness(issuer, application);
  const answer = await complete(holder, application, assertion);
  return { holder, identity, application, assertion, answer, shown: reached(answer, Shown) };
}

/** Looks at a proof by a check. */
export const look = async (holder: TestHolder, by: By): Promise<Shown> =>
  reached(await pass(holder, await view(holder, by)), Shown);

/** Asks for fresh codes. */
export const freshCodes = (holder: TestHolder, grant: string): Promise<Answer> =>
  holder.call(holderCalls.codes, { grant, body: {} });

/** @throws {NotReached} unless it ended well */
export async function signOut(holder: TestHolder): Promise<void> {
  const answer = await holder.call(holderCalls.signOut);
  if (answer.status !== 204) throw new NotReached(`${answer.call} answered ${inShort(answer)}`);
}
