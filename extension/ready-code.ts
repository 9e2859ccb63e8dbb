import { showingStatus } from '../widget/flow/code-clock.ts';
import type { Vault } from '../widget/index.ts';

/**
 * Whether a registered user's code lies in the vault, to be shown without a word to anybody. Whose it is,
 * the component finds out itself.
 *
 * @param now this clock, milliseconds since the epoch
 */
export async function isCodeReady(vault: Pick<Vault, 'read'>, now: () => number): Promise<boolean> {
  const grant = (await vault.read())?.grant;
  if (!grant || grant.codes.length === 0) return false;
  const seconds = Math.floor((now() + grant.clockOffset) / 1000);
  return showingStatus({ ...grant, grantExpiresAt: grant.expiresAt }, seconds) === 'live';
}
