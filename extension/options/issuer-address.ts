import { defaultIssuer } from '../stored-options.ts';

/** What is wrong with an address before anything is sent to it. */
export type AddressFault = 'no-address' | 'not-https';

export type AddressRead = { ok: true; origin: string } | { ok: false; fault: AddressFault };

/**
 * The origin that somebody means. Only this machine may be spoken to without encryption: what goes out
 * is identity. Without a scheme, the one that may be used is meant.
 */
export function readAddress(typed: string): AddressRead {
  const given = typed.trim();
  const local = /^localhost(?=[:/]|$)/i.test(given);
  const hasScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(given);
  const address = hasScheme ? given : `${local ? 'http' : 'https'}://${given}`;
  if (!URL.canParse(address)) return { ok: false, fault: 'no-address' };
  const { protocol, hostname, origin, username, password } = new URL(address);
  // Some browsers take any words for a host.
  const isHost = /^([\p{L}\p{N}_.-]+|\[[\da-f:.]+\])$/iu.test(hostname);
  if (username || password || !isHost || !/^https?:$/.test(protocol)) {
    return { ok: false, fault: 'no-address' };
  }
  const isEncrypted = protocol === 'https:' || hostname === 'localhost';
  return isEncrypted ? { ok: true, origin } : { ok: false, fault: 'not-https' };
}

/** As permissions name it: a host with all its ports. */
export function hostPattern(origin: string): string {
  const { protocol, hostname } = new URL(origin);
  return `${protocol}//${hostname}/*`;
}

/** In the manifest, so that it is there from the beginning and cannot be given back. */
export const ownHostPattern = hostPattern(defaultIssuer);
