import * as v from 'valibot';
import { livenessPrompts, type LivenessPrompt } from '../../widget/protocol/messages/holder.ts';
import { Problem } from '../../widget/protocol/problems.ts';
import type { Policy } from '../../widget/protocol/policy.ts';
import type { Keyring } from '../issuer/keyring.ts';
import type { LivenessOrder, LivenessProvider } from '../issuer/liveness-provider.ts';
import { signToken } from '../issuer/signed-tokens.ts';
import { seal, unseal } from '../store/sealing.ts';
import type { MockPerson } from './people.ts';

/** What the stub in the page says it has done. No picture is sent: nobody would look at it. */
export const LivenessAttempt = v.strictObject({
  camera: v.boolean(),
  prompts: v.array(v.picklist(livenessPrompts)),
});
export type LivenessAttempt = v.InferOutput<typeof LivenessAttempt>;

export interface MockLivenessOptions {
  origin: string;
  sealKey: Buffer;
  keyring: Keyring;
  policy: Policy;
  people: readonly MockPerson[];
  random: (length: number) => Buffer;
}

export interface MockLivenessProvider extends LivenessProvider {
  /** Judges one attempt. @throws `liveness-expired` `not-found` */
  attempt: (
    transaction: string,
    attempt: LivenessAttempt,
    at: number,
  ) => Promise<{ assertion: string } | { attemptsLeft: number }>;
  /** From now on, whoever passes has to wait for a review; or no longer. */
  reviewLate: (late: boolean) => void;
}

const label = 'mock-liveness';
const promptsAsked = 3;

/**
 * A liveness provider that looks at no face: whoever is not made to fail passes. What it knows of a
 * transaction stands sealed in the address, so that several servers need not share anything.
 */
export function mockLivenessProvider(options: MockLivenessOptions): MockLivenessProvider {
  const { origin, sealKey, keyring, policy, people, random } = options;
  const address = `${origin}/mock/liveness`;
  const issuer = `${origin}/mock`;
  /** By nonce, in the order in which their transactions end, nearly. */
  const failures = new Map<string, { count: number; expiresAt: number }>();
  let late = false;

  return {
    address,
    issuer,
    reviewLate: (on) => {
      late = on;
    },
    begin: async (order) => ({
      address: `${address}/${seal(sealKey, label, JSON.stringify(order))}`,
      prompts: pickPrompts(random),
    }),
    attempt: async (transaction, _attempt, at) => {
      const text = unseal(sealKey, label, transaction);
      if (text === undefined) throw new Problem('not-found');
      const order = JSON.parse(text) as LivenessOrder;
      if (at >= order.expiresAt) throw new Problem('liveness-expired');
      const isThem = isRightPerson(order, people);
      if (!isThem) {
        const failed = (failures.get(order.nonce)?.count ?? 0) + 1;
        failures.set(order.nonce, { count: failed, expiresAt: order.expiresAt });
        forgetOver(failures, at);
        if (failed < policy.livenessAttempts) {
          return { attemptsLeft: policy.livenessAttempts - failed };
        }
        failures.delete(order.nonce);
      }
      const result = !isThem ? 'not-live' : late && order.purpose === 'apply' ? 'review' : 'live';
      const claims = {
        iss: issuer,
        aud: origin,
        reference: order.reference,
        purpose: order.purpose,
        nonce: order.nonce,
        cnf: { jkt: order.thumbprint },
        result,
        iat: at,
        exp: Math.min(at + policy.livenessSeconds, order.expiresAt),
      };
      return { assertion: await signToken(keyring, 'liveness', claims, at) };
    },
  };
}

/** Whoever gives up before the last attempt leaves a count behind. */
function forgetOver(failures: Map<string, { expiresAt: number }>, at: number): void {
  for (const [nonce, { expiresAt }] of failures) {
    if (at < expiresAt) return;
    failures.delete(nonce);
  }
}

/** A known number must come with its own name; somebody unknown is who they say they are. */
function isRightPerson({ identity }: LivenessOrder, people: readonly MockPerson[]): boolean {
  const known = people.find((person) => person.identity.number === identity.number);
  return !known || (known.identity.name === identity.name && known.situation !== 'liveness-fails');
}

function pickPrompts(random: (length: number) => Buffer): LivenessPrompt[] {
  const order = random(livenessPrompts.length);
  return livenessPrompts
    .map((prompt, index) => ({ prompt, rank: order[index] ?? 0 }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, promptsAsked)
    .map(({ prompt }) => prompt);
}
