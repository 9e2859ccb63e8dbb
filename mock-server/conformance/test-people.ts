import * as v from 'valibot';
import type { TypedIdentity } from '../../widget/protocol/messages/holder.ts';
import { checkCharacter } from '../../widget/protocol/resident-id.ts';
import { inShort, reached } from './answer.ts';
import { NotOffered, NotReached } from './check.ts';
import type { IssuerUnderTest } from './issuer-under-test.ts';

/**
 * People whom a test issuer lets sign in, by what they stand for. `passport` is registered with one;
 * the check of `liveness-fails` never succeeds; `no-application-left` has used up the month's, and has
 * no proof; the proof of `proof-ends-soon` can be renewed already.
 */
export type KnownPerson =
  'adult' | 'passport' | 'liveness-fails' | 'no-application-left' | 'proof-ends-soon';

/**
 * Somebody new each time: county 9999 of a province has never been given out, so that no living person
 * can have the number.
 */
export function someone(issuer: IssuerUnderTest): TypedIdentity {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = crypto.getRandomValues(new Uint32Array(5));
  const two = (value: number): string => String(value).padStart(2, '0');
  const birthDate = `${1950 + (a % 55)}${two(1 + (b % 12))}${two(1 + (c % 28))}`;
  const first17 = `339999${birthDate}${String(d % 1000).padStart(3, '0')}`;
  const given = '安宁知行子墨清和云舒景明若溪';
  const character = (from: number): string => given.charAt(from % given.length);
  const identity: TypedIdentity = {
    name: `郑${character(e)}${character(e >>> 8)}${character(e >>> 16)}`,
    documentType: 'resident-id',
    number: first17 + checkCharacter(first17),
  };
  issuer.people.push(identity);
  return identity;
}

const People = v.array(v.object({ id: v.string() }));
const Session = v.object({ session: v.string() });
const Clock = v.object({ offsetMs: v.number() });

/** Where a test issuer is told what its testers need. @throws {NotOffered} */
export async function controlsOf(issuer: IssuerUnderTest): Promise<string> {
  const address = issuer.target.controls ?? (await issuer.metadata()).mockSignIn;
  if (address !== undefined) return address;
  throw new NotOffered(
    'needs test controls: mockSignIn in the metadata, or --controls URL (people who sign in, a clock, reviews)',
  );
}

/** @throws {NotOffered} where nobody of that kind can sign in */
export async function signIn(issuer: IssuerUnderTest, person: KnownPerson): Promise<string> {
  const controls = await controlsOf(issuer);
  const people = v.safeParse(People, (await issuer.send('GET', `${controls}/people`)).body);
  if (!people.success || !people.output.some(({ id }) => id === person)) {
    throw new NotOffered(`needs “${person}” among the people of the test controls`);
  }
  const answer = await issuer.send('POST', `${controls}/sessions`, { body: { person } });
  return reached(answer, Session).session;
}

/** Nobody else may be disturbed by a clock that jumps or a review that takes long. @throws {NotOffered} */
async function controlsOfMyOwn(issuer: IssuerUnderTest): Promise<string> {
  if (!issuer.target.alone) {
    throw new NotOffered('needs --alone: it moves the issuer’s clock, or makes its reviews late');
  }
  return controlsOf(issuer);
}

/** Moves the issuer's clock on to an instant, whole seconds since the epoch. @throws {NotOffered} */
export async function waitUntil(issuer: IssuerUnderTest, instant: number): Promise<void> {
  const controls = await controlsOfMyOwn(issuer);
  const advanceSeconds = instant - (await issuer.now());
  if (advanceSeconds <= 0) return;
  await advance(issuer, controls, advanceSeconds);
}

async function advance(
  issuer: IssuerUnderTest,
  controls: string,
  advanceSeconds: number | null,
): Promise<void> {
  const answer = await issuer.send('POST', `${controls}/clock`, { body: { advanceSeconds } });
  if (answer.status === 404) throw new NotOffered('needs a clock among the test controls');
  reached(answer, Clock);
}

/** How far the clock has been moved before, so that it can be set back to it afterwards. */
export async function clockOf(
  issuer: IssuerUnderTest,
): Promise<{ restore: (issuer: IssuerUnderTest) => Promise<void> }> {
  const nothing = { restore: async () => undefined };
  if (!issuer.target.alone) return nothing;
  const controls = await controlsOf(issuer).catch(() => undefined);
  if (controls === undefined) return nothing;
  const answer = await issuer.send('GET', `${controls}/clock`).catch(() => undefined);
  const before = v.safeParse(Clock, answer?.body);
  if (!before.success) return nothing;
  return {
    restore: async (issuer) => {
      await advance(issuer, controls, null);
      const seconds = Math.round(before.output.offsetMs / 1000);
      if (seconds > 0) await advance(issuer, controls, seconds);
    },
  };
}

/** Has applications reviewed late while something is done. @throws {NotOffered} */
export async function whileReviewsAreLate(
  issuer: IssuerUnderTest,
  act: (decide: (approve: boolean) => Promise<void>) => Promise<void>,
): Promise<void> {
  const controls = await controlsOfMyOwn(issuer);
  const late = async (on: boolean, by = issuer): Promise<void> => {
    const answer = await by.send('POST', `${controls}/review`, { body: { late: on } });
    if (answer.status === 404) throw new NotOffered('needs reviews among the test controls');
    if (answer.status !== 200) throw new NotReached(`${answer.call} answered ${inShort(answer)}`);
  };
  await late(true);
  try {
    await act(async (approve) => {
      await issuer.send('POST', `${controls}/review/decisions`, { body: { approve } });
    });
  } finally {
    await late(false, issuer.regardless());
  }
}
