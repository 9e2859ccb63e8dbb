import { createHash } from 'node:crypto';
import type { Issuer } from './issuer.ts';
import { seal, unseal } from '../store/sealing.ts';

/**
 * Ids and grant tokens as the holder knows them: the person and the row, sealed. So every look-up
 * can name its person, a guessed id costs no look-up at all, and none tells anything.
 */
type ReferenceKind = 'application' | 'view' | 'grant';

export interface Reference {
  person: string;
  /** 128 random bits, base64url. */
  id: string;
}

export const newId = ({ random }: Pick<Issuer, 'random'>): string =>
  random(16).toString('base64url');

export const sealReference = (
  { secrets }: Pick<Issuer, 'secrets'>,
  kind: ReferenceKind,
  { person, id }: Reference,
): string => seal(secrets.seal, kind, `${person} ${id}`);

export function openReference(
  { secrets }: Pick<Issuer, 'secrets'>,
  kind: ReferenceKind,
  sealed: string,
): Reference | undefined {
  const [person, id] = unseal(secrets.seal, kind, sealed)?.split(' ') ?? [];
  return person !== undefined && id !== undefined ? { person, id } : undefined;
}

/** How a bearer's secret is stored: whoever reads the store cannot use it. */
export const hashOf = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url');
