import { openKeyring } from '../issuer/keyring.ts';
import type { Store } from '../store/open-store.ts';
import { keyKinds, type KeyKind } from '../store/schema.ts';

/**
 * Long enough for every gate that is not cut off: they ask for the keys again when they meet one that they
 * do not know, and what they got may be a minute old.
 */
export const overlapSeconds = 60 * 60;

/** The least: a running server looks for keys every 10 s, and its answer may be kept for 60 s. */
export const shortestOverlapSeconds = 75;

/**
 * Makes a new key of each kind. It is published at once and signs from `at + after` on; the ones before go
 * on verifying, so whatever they have signed holds until its own end.
 *
 * @param at whole seconds since the epoch, by the clock of the servers on this store
 */
export async function rotateKeys(
  store: Store,
  at: number,
  after: number,
): Promise<{ kind: KeyKind; kid: string }[]> {
  const keyring = await openKeyring(store, at);
  const made: { kind: KeyKind; kid: string }[] = [];
  for (const kind of keyKinds) made.push({ kind, kid: await keyring.rotate(kind, at + after) });
  return made;
}
