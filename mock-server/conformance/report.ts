import { problemCodes, type ProblemCode } from '../../widget/protocol/problems.ts';
import type { Examination, Examined, Outcome } from './examine.ts';

/** Why a problem of the closed list need not have been seen. */
const unseen: Partial<Record<ProblemCode, string>> = {
  'proof-still-valid':
    'never an answer, for the proof that there is is shown; valid-proof-is-the-reason asks for it',
  'quota-exhausted': 'needs somebody who has none left, or --alone',
  'liveness-failed': 'needs somebody whose check fails',
  'session-expired': 'needs somebody who signs in, and --alone',
  'review-pending': 'needs --alone',
  'review-refused': 'needs --alone',
  'liveness-expired': 'needs a second assertion for one check, or --alone',
  unavailable:
    'an issuer that is well answers with it only while a first request is under way, if it is caught at it',
};

const notSeen = ({ problemsSeen }: Examination): [ProblemCode, string][] =>
  problemCodes
    .filter((code) => !problemsSeen.includes(code))
    .map((code) => [code, unseen[code] ?? 'see the checks that failed or were not reached']);

export const clockLeft =
  'The issuer’s clock was moved and could not be set back: POST clock {"advanceSeconds": null}.';

const endedEarly = 'The run was interrupted: what it had not asked by then counts as not reached.';

const signs: Record<Outcome['status'], string> = {
  passed: '✔',
  failed: '✘',
  skipped: '–',
  'not-reached': '?',
};

export const countOf = ({ results }: Examination, status: Outcome['status']): number =>
  results.filter(({ outcome }) => outcome.status === status).length;

/** What an issuer wrote may end up on a terminal: no control characters, and no more than a line. */
const plain = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ').slice(0, 300);

/** The report for people: one line a check, more where there is something to mend. */
export function inWords(examination: Examination): string {
  const { issuer, results } = examination;
  const titles = [...new Set(results.map(({ area }) => area))];
  const counts = (['passed', 'failed', 'not-reached', 'skipped'] as const)
    .map((status) => `${countOf(examination, status)} ${status.replace('-', ' ')}`)
    .join(', ');
  return [
    issuer,
    ...titles.flatMap((title) => [
      `\n${title}`,
      ...results.filter(({ area }) => area === title).flatMap(linesOf),
    ]),
    '\nProblems not seen',
    ...notSeen(examination).map(([code, why]) => `  ${code}: ${why}`),
    ...notRun(examination),
    ...(examination.clockRestored ? [] : [`\n${clockLeft}`]),
    ...(examination.interrupted ? [`\n${endedEarly}`] : []),
    `\n${counts}`,
  ].join('\n');
}

/** Who reads no more than the end is to know what it does not speak of. */
function notRun({ results }: Examination): string[] {
  const byReason = new Map<string, string[]>();
  for (const { check, outcome } of results) {
    if (outcome.status !== 'skipped') continue;
    byReason.set(outcome.reason, [...(byReason.get(outcome.reason) ?? []), check.name]);
  }
  if (byReason.size === 0) return [];
  const count = [...byReason.values()].flat().length;
  return [
    `\nNot run: ${count} checks, so that nothing is known of what they ask`,
    ...[...byReason].map(([reason, names]) => `  ${plain(reason)}: ${names.join(', ')}`),
  ];
}

function linesOf({ check, outcome }: Examined): string[] {
  const { name, holds, contract, mend } = check;
  const line = `  ${signs[outcome.status]} ${name}: `;
  if (outcome.status === 'skipped') return [line + plain(`skipped, ${outcome.reason}.`)];
  if (outcome.status === 'not-reached') return [line + plain(`not reached, ${outcome.reason}.`)];
  if (outcome.status === 'passed') return [line + holds];
  return [
    line + holds,
    `      expected  ${plain(outcome.expected)}`,
    `      came      ${plain(outcome.came)}`,
    `      contract  ${contract}`,
    `      next      ${mend}`,
  ];
}

/** The report for programs, one line of JSON; `docs/conformance.md` has its shape. */
export function inJson(examination: Examination): string {
  return JSON.stringify({
    issuer: examination.issuer,
    passed: countOf(examination, 'passed'),
    failed: countOf(examination, 'failed'),
    notReached: countOf(examination, 'not-reached'),
    skipped: countOf(examination, 'skipped'),
    clockRestored: examination.clockRestored,
    interrupted: examination.interrupted,
    checks: examination.results.map(({ area, check, outcome }) => ({ area, ...check, ...outcome })),
    problems: {
      seen: examination.problemsSeen,
      notSeen: Object.fromEntries(notSeen(examination)),
    },
  });
}
