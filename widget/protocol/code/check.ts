import type { Policy } from '../policy.ts';
import { chooseTicket, consumes, type Place, type Purpose, type Ticket } from '../tickets.ts';
import { grantIdOf, type CodeClaims } from './claims.ts';
import type { Ledger } from './ledger.ts';
import { parseCode, readClaims } from './parse.ts';
import type { Reason } from './reasons.ts';
import { verify } from './signature.ts';

/** The grants ended early, as the issuer's signed list gives them. */
export interface Denylist {
  /** Public ids of grants. */
  revoked: ReadonlySet<string>;
  /** When the issuer signed the list, whole seconds since the epoch. */
  issuedAt: number;
}

/** What a verifier holds. */
export interface Verifier {
  /** The issuer's pinned ES256 public keys for codes, by `kid`. */
  keys: ReadonlyMap<string, CryptoKey>;
  /** The last list fetched; a verifier that has none fails closed at entry. */
  denylist: Denylist | undefined;
  /** The tickets that stand under a day's pseudonym. */
  ticketsOf: (sub: string) => readonly Ticket[] | Promise<readonly Ticket[]>;
  ledger: Ledger;
  policy: Pick<Policy, 'codeSeconds' | 'gateLeewaySeconds' | 'denylistMaximumSeconds'>;
}

/** What is being asked: which code, for what, where, and when. */
export interface Question {
  /** What the scanner read: the digits of the QR, or the code itself. */
  scanned: string;
  purpose: Purpose;
  place: Place;
  /** Whole seconds since the epoch. */
  at: number;
}

export type Verdict =
  | { admitted: true; claims: CodeClaims; ticket: Ticket | undefined }
  | {
      admitted: false;
      reason: Reason;
      /** For `not-yet-valid` and `expired`: how many seconds the code lies outside its window. */
      secondsOff?: number;
    };

/**
 * The one check of a code, for every verifier: gate, counter, train crew and the issuer itself.
 * It never throws for anything a code can hold; only a failing ledger or ticket source throws.
 *
 * The order is part of the contract. Writing down the use comes last, so that a refused code burns
 * nothing.
 */
export async function checkCode(question: Question, verifier: Verifier): Promise<Verdict> {
  const { purpose, place, at } = question;
  const { policy, denylist } = verifier;

  const parsed = parseCode(question.scanned);
  if (!parsed.ok) return refuse(parsed.reason);
  const { kid, signature, signed, payload } = parsed.code;

  const key = verifier.keys.get(kid);
  if (!key) return refuse('unknown-key');
  if (!(await verify(key, signature, signed))) return refuse('bad-signature');

  const claims = readClaims(payload);
  if (!claims) return refuse('malformed');
  const { nbf, exp } = claims;
  if (exp <= nbf || exp - nbf > policy.codeSeconds) return refuse('malformed');

  if (at < nbf - policy.gateLeewaySeconds) return refuse('not-yet-valid', nbf - at);
  if (at >= exp + policy.gateLeewaySeconds) return refuse('expired', at - exp);

  if (denylist?.revoked.has(grantIdOf(claims))) return refuse('revoked');
  if (purpose === 'entry' && isStale(denylist, at, policy)) return refuse('denylist-stale');

  const choice = chooseTicket(await verifier.ticketsOf(claims.sub), purpose, place, at);
  if (!choice.ok) return refuse(choice.reason);
  if (!consumes(purpose)) return { admitted: true, claims, ticket: choice.tickets[0] };

  const lane = JSON.stringify([place.station, place.lane]);
  let refusal: Reason = 'no-ticket';
  for (const ticket of choice.tickets) {
    const refused = await verifier.ledger.admit({ jti: claims.jti, purpose, ticket, lane, at });
    if (!refused) return { admitted: true, claims, ticket };
    refusal = refused;
    if (refused === 'already-used') break;
  }
  return refuse(refusal);
}

/** Whether a denylist is too old to let anyone in by. */
export const isStale = (
  denylist: Denylist | undefined,
  at: number,
  policy: Pick<Policy, 'denylistMaximumSeconds'>,
): boolean => !denylist || at - denylist.issuedAt > policy.denylistMaximumSeconds;

const refuse = (reason: Reason, secondsOff?: number): Verdict => ({
  admitted: false,
  reason,
  ...(secondsOff === undefined ? {} : { secondsOff }),
});
