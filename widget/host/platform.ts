import type { Platform } from '../flow/state.ts';

/** Whose settings a traveller has to look into; only words depend on it. */
export function platformOf({
  userAgent,
  maxTouchPoints,
}: Pick<Navigator, 'userAgent' | 'maxTouchPoints'>): Platform {
  if (userAgent.includes('Android')) return 'android';
  if (/iPhone|iPad|iPod/.test(userAgent)) return 'ios';
  // An iPad says it is a Mac, but no Mac can be touched.
  return userAgent.includes('Macintosh') && maxTouchPoints > 1 ? 'ios' : 'desktop';
}
