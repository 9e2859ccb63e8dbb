import { defaultIssuer } from '../stored-options.ts';
import type { OptionsPorts } from './options-ports.ts';
import { giveBackNotifications, keepHostAccessTo } from './permissions.ts';
import { signOut, type SignedOut } from './sign-out.ts';

export interface Cleared extends SignedOut {
  /** The browser has taken back whatever it had been asked for. */
  permissionsGivenBack: boolean;
}

/** As if the extension had just been installed: signed out (R19), nothing stored, nothing allowed. */
export async function clearEverything(ports: OptionsPorts): Promise<Cleared> {
  const { issuer } = await ports.options.read();
  const signedOut = await signOut(issuer, ports.component, ports.clearStorage);
  const givenBack = await Promise.all([
    giveBackNotifications(ports.permissions),
    keepHostAccessTo(ports.permissions, defaultIssuer),
  ]);
  const isStillAllowed = await ports.permissions.contains({ permissions: ['notifications'] });
  return { ...signedOut, permissionsGivenBack: givenBack[1] && !isStillAllowed };
}
