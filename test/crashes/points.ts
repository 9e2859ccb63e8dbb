/** A moment of an issue at which the server's process is killed. */
export interface Point {
  /** Before or after a statement, named by its verb and table, a commit, or the answer. */
  moment: string;
  /** What must have gone by since the liveness check was told of. */
  past?: string;
  /** Whether the proof stands by then. */
  issued: boolean;
}

/** In the order in which an issue comes by them. */
export const points = {
  'once the Idempotency-Key is claimed': { moment: 'before select liveness_checks', issued: false },
  'before the assertion is used up': { moment: 'before update liveness_checks', issued: false },
  'after the assertion is used up': { moment: 'after update liveness_checks', issued: false },
  'after the proof is written': { moment: 'after insert proofs', issued: false },
  'after the application is decided': { moment: 'after update applications', issued: false },
  'after the grant is opened': { moment: 'after insert grants', issued: false },
  'before the commit': { moment: 'before commit', past: 'after insert grants', issued: false },
  'after the commit': { moment: 'after commit', past: 'after insert grants', issued: true },
  'before the answer is kept': { moment: 'before update idempotency_keys', issued: true },
  'before the kept answer is sent': { moment: 'before answer', issued: true },
} satisfies Record<string, Point>;

export type PointName = keyof typeof points;

/** What a statement is called in {@link Point}s: `insert proofs`, `commit`. */
export function nameOf(sql: string): string {
  const named = /^(insert|update|delete|select)\b(?:.*? from| into)? "(\w+)"/.exec(sql);
  return named ? `${named[1]} ${named[2]}` : sql;
}
