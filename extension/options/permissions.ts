import type { Permissions } from 'webextension-polyfill';
import { listen } from '../listening.ts';
import { hostPattern, ownHostPattern } from './issuer-address.ts';

export type PermissionsPort = Pick<
  Permissions.Static,
  'request' | 'remove' | 'contains' | 'getAll' | 'onAdded' | 'onRemoved'
>;

const notifications: Permissions.Permissions = { permissions: ['notifications'] };

/**
 * To be called while a click is being handled, before anything is waited for. A question that is waved
 * away may never be answered; or it is answered later, when another has been asked in its place, which is
 * then answered too. Whatever the browser has against being asked is a refusal.
 */
function ask(permissions: PermissionsPort, wanted: Permissions.Permissions): Promise<boolean> {
  return new Promise((resolve) => {
    const listening = new AbortController();
    const end = (isGranted: boolean) => {
      listening.abort();
      resolve(isGranted);
    };
    const look = async () => {
      if (await permissions.contains(wanted)) end(true);
    };
    listen(permissions.onAdded, () => void look(), listening.signal);
    permissions.request(wanted).then(end, () => end(false));
  });
}

export const askHostAccess = (permissions: PermissionsPort, origin: string): Promise<boolean> =>
  ask(permissions, { origins: [hostPattern(origin)] });

export const askNotifications = (permissions: PermissionsPort): Promise<boolean> =>
  ask(permissions, notifications);

export const mayNotify = (permissions: PermissionsPort): Promise<boolean> =>
  permissions.contains(notifications);

/**
 * Gives back the access to every host that is not that of the issuer in use.
 *
 * @returns false when the browser keeps some
 */
export async function keepHostAccessTo(
  permissions: PermissionsPort,
  issuer: string,
): Promise<boolean> {
  const { origins = [] } = await permissions.getAll();
  const unused = origins.filter((each) => each !== ownHostPattern && each !== hostPattern(issuer));
  return unused.length === 0 || permissions.remove({ origins: unused }).catch(() => false);
}

export const giveBackNotifications = (permissions: PermissionsPort): Promise<boolean> =>
  permissions.remove(notifications).catch(() => false);
