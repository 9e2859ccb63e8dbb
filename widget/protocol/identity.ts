import { supportedDocument, type DocumentType } from './documents.ts';
import { readName } from './person-name.ts';
import type { ProblemCode } from './problems.ts';
import { readResidentId } from './resident-id.ts';

/** Who applies, as on the card. Never stored in the browser, never in a URL, event or log (B7). */
export interface Identity {
  name: string;
  documentType: DocumentType;
  number: string;
}

/** The problems that typed identity can have; the form and the issuer give the same ones. */
export type IdentityProblem = Extract<
  ProblemCode,
  'unsupported-document' | 'invalid-name' | 'invalid-id-number' | 'first-generation-id-number'
>;

export type IdentityResult =
  { ok: true; identity: Identity } | { ok: false; problem: IdentityProblem };

/**
 * Reads an identity as typed (R3, R5): the document first, since no other field matters when it
 * cannot be used.
 *
 * @param at the instant of reading, whole seconds since the epoch
 */
export function readIdentity(typed: Identity, at: number): IdentityResult {
  if (typed.documentType !== supportedDocument) return refuse('unsupported-document');
  const name = readName(typed.name);
  const number = readResidentId(typed.number, at);
  if (!number.ok && number.reason === 'other-document') return refuse('unsupported-document');
  if (!name.ok) return refuse('invalid-name');
  if (number.ok) {
    return {
      ok: true,
      identity: { name: name.name, documentType: typed.documentType, number: number.number },
    };
  }
  return refuse(
    number.reason === 'first-generation' ? 'first-generation-id-number' : 'invalid-id-number',
  );
}

const refuse = (problem: IdentityProblem): IdentityResult => ({ ok: false, problem });
