/** A moment of a request at which the server's process is killed. */
export interface Point {
  /** Before or after a statement, as {@link namesOf} calls it, or before the answer. */
  moment: string;
  /** What must have gone by since the server was told of the point. */
  past?: string;
  /** Whether all that was asked for stands by then, or nothing; one of both where it is left out. */
  done?: boolean;
}

/** Of every call that takes an `Idempotency-Key`. */
export const claimed: Point = {
  moment: 'before *',
  past: 'after insert idempotency_keys',
  done: false,
};
export const unkept: Point = { moment: 'before update idempotency_keys', done: true };
export const unsent: Point = {
  moment: 'before answer',
  past: 'after update idempotency_keys',
  done: true,
};

/** In the order in which an issue comes by them. */
export const issuePoints = {
  'once the Idempotency-Key is claimed': claimed,
  'before the assertion is used up': { moment: 'before update liveness_checks', done: false },
  'after the assertion is used up': { moment: 'after update liveness_checks', done: false },
  'after the proof is written': { moment: 'after insert proofs', done: false },
  'after the application is decided': { moment: 'after update applications', done: false },
  'after the grant is opened': { moment: 'after insert grants', done: false },
  'before the commit': { moment: 'before commit', past: 'after insert grants', done: false },
  'after the commit': { moment: 'after commit', past: 'after insert grants', done: true },
  'before the answer is kept': unkept,
  'before the kept answer is sent': unsent,
} satisfies Record<string, Point>;

/** Of an issue that is written at once: on PostgreSQL one statement has all these names. */
export const atOncePoints = {
  'before it is written': { moment: 'before update liveness_checks', done: false },
  'once it is written': { moment: 'after commit', past: 'after insert grants', done: true },
} satisfies Record<string, Point>;

export type IssuePoint = keyof typeof issuePoints;

/**
 * What a statement is called in {@link Point}s: `insert proofs`, for each table that it reads or changes, and `*`
 * whatever it does; but `commit` and `rollback` by nothing else.
 */
export function namesOf(sql: string): string[] {
  if (/^(commit|rollback)\b/.test(sql)) return [sql];
  const named = sql.matchAll(
    /\b(insert) into "?(\w+)|\b(delete) from "?(\w+)|\b(update|from) "?(\w+)/g,
  );
  return [
    '*',
    ...[...named].map((found) => {
      const [verb, table] = found.slice(1).filter((group) => group !== undefined);
      return `${verb === 'from' ? 'select' : verb} ${table}`;
    }),
  ];
}
