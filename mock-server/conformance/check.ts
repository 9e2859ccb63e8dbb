import type { IssuerUnderTest } from './issuer-under-test.ts';

/** One sentence of the contract, and how an issuer is asked whether it holds. */
export interface Check {
  /** Stable: reports, tests and other people's notes call the check by it. */
  name: string;
  /** Where the contract says so: a rule of the service, a section of the protocol, an RFC. */
  contract: string;
  /** What holds. */
  holds: string;
  /** What to do about it when it does not. */
  mend: string;
  /**
   * Ends without a word when it holds.
   *
   * @throws {Failed} when it does not
   * @throws {NotOffered} {NotReached} when that could not be seen
   */
  ask: (issuer: IssuerUnderTest) => Promise<void>;
}

/** Checks that belong together in the report. */
export interface Area {
  title: string;
  checks: readonly Check[];
}

/** The contract is broken. Neither text holds a token, a name or a digit of an ID number. */
export class Failed extends Error {
  override readonly name = 'Failed';
  readonly expected: string;
  readonly came: string;

  constructor(expected: string, came: string) {
    super(`expected ${expected}, came ${came}`);
    this.expected = expected;
    this.came = came;
  }
}

/** The issuer, or whoever runs the kit, has not given what this check needs; the message says what. */
export class NotOffered extends Error {
  override readonly name = 'NotOffered';
}

/** A call on the way to what is to be checked went wrong; the message says which, and how. */
export class NotReached extends Error {
  override readonly name = 'NotReached';
}

/** Whoever runs the kit wants it to end. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** @throws {Failed} unless it holds */
export function demand(holds: boolean, expected: string, came: string): asserts holds {
  if (!holds) throw new Failed(expected, came);
}
