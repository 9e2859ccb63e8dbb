import { withoutSignIn } from './change-options.ts';
import type { OptionsPorts } from './options-ports.ts';
import { keepHostAccessTo } from './permissions.ts';
import { signOut, type SignedOut } from './sign-out.ts';

/** Whether another issuer would take something away: a sign-in, a grant, a code that is being shown. */
export async function isAtStake(ports: OptionsPorts): Promise<boolean> {
  const { signedIn } = await ports.options.read();
  if (signedIn) return true;
  return !(await ports.component.vault.isEmpty()) || ports.isCodeOpen();
}

/**
 * Goes to another issuer: signed out at the former one first, whose codes nobody would revoke later (R19),
 * and nothing of it is carried over.
 */
export async function changeIssuer(ports: OptionsPorts, issuer: string): Promise<SignedOut> {
  const former = await ports.options.read();
  const result = await signOut(former.issuer, ports.component, async () => {
    await ports.change((options) => ({ ...withoutSignIn(options), issuer }));
    await ports.times.clear();
  });
  await keepHostAccessTo(ports.permissions, (await ports.options.read()).issuer);
  return result;
}
