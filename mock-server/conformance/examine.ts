import { problemCodes, type ProblemCode } from '../../widget/protocol/problems.ts';
import { Failed, Interrupted, NotOffered, NotReached, type Area, type Check } from './check.ts';
import { IssuerUnderTest, type Target } from './issuer-under-test.ts';
import { clockOf } from './test-people.ts';

export type Outcome =
  | { status: 'passed' }
  | { status: 'failed'; expected: string; came: string }
  /** Something was not given that it needs: nothing is known, and nothing held against the issuer. */
  | { status: 'skipped'; reason: string }
  /** A call on the way went wrong: nothing is known, and the issuer has to be mended first. */
  | { status: 'not-reached'; reason: string };

export interface Examined {
  area: string;
  check: Omit<Check, 'ask'>;
  outcome: Outcome;
}

export interface Examination {
  issuer: string;
  results: readonly Examined[];
  /** Which of the closed list of problems the issuer has answered with. */
  problemsSeen: readonly ProblemCode[];
  /** `false` when the issuer’s clock was moved and did not let itself be set back. */
  clockRestored: boolean;
  /** It was ended early: what had not been asked by then counts as not reached. */
  interrupted: boolean;
}

/** Asks an issuer everything, one check after the other. */
export async function examine(areas: readonly Area[], target: Target): Promise<Examination> {
  const issuer = new IssuerUnderTest(target);
  const results: Examined[] = [];
  const clock = await clockOf(issuer.regardless());
  for (const { title, checks } of areas) {
    for (const { ask, ...check } of checks) {
      results.push({ area: title, check, outcome: await outcomeOf(ask, issuer) });
    }
  }
  const restored = await outcomeOf(clock.restore, issuer.regardless());
  const seen = new Set(issuer.answers.map(({ problem }) => problem));
  return {
    issuer: issuer.origin,
    results,
    problemsSeen: problemCodes.filter((code) => seen.has(code)),
    clockRestored: restored.status === 'passed',
    interrupted: target.interruption?.aborted === true,
  };
}

async function outcomeOf(ask: Check['ask'], issuer: IssuerUnderTest): Promise<Outcome> {
  try {
    issuer.mustGoOn();
    await ask(issuer);
    return { status: 'passed' };
  } catch (thrown) {
    if (thrown instanceof Failed) {
      const { expected, came } = thrown;
      return { status: 'failed', expected, came };
    }
    if (thrown instanceof NotOffered) return { status: 'skipped', reason: thrown.message };
    if (thrown instanceof NotReached) return { status: 'not-reached', reason: thrown.message };
    if (thrown instanceof Interrupted) {
      return { status: 'not-reached', reason: 'the run was interrupted' };
    }
    // Its message may hold what the issuer sent.
    const name = thrown instanceof Error ? thrown.name : typeof thrown;
    return { status: 'not-reached', reason: `an answer that this kit cannot read (${name})` };
  }
}
