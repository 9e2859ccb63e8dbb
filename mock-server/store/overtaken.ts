/** A key was there already, or each of two held what the other waited for: nobody’s fault, and nothing was written. */
const codes = new Set([
  'SQLITE_CONSTRAINT_PRIMARYKEY',
  'SQLITE_CONSTRAINT_UNIQUE',
  // PostgreSQL's unique_violation and deadlock_detected.
  '23505',
  '40P01',
]);

/** Whether a statement failed because another was first. */
export const isOvertaken = (error: unknown): boolean => codes.has(codeOf(error));

/** The database’s own code of an error, or nothing. */
export const codeOf = (error: unknown): string => (error as { code?: string }).code ?? '';
