/** What a traveller holds, as far as it decides where a permission is found. */
export type Platform = 'android' | 'ios' | 'desktop';

/** Told from the browser's own description, which is good enough to choose a sentence by. */
export function platformOf(navigator: Pick<Navigator, 'userAgent' | 'maxTouchPoints'>): Platform {
  const { userAgent, maxTouchPoints } = navigator;
  if (/Android/.test(userAgent)) return 'android';
  if (/iPhone|iPad|iPod/.test(userAgent)) return 'ios';
  // iPadOS calls itself a Macintosh; no Macintosh has a touch screen.
  return /Macintosh/.test(userAgent) && maxTouchPoints > 1 ? 'ios' : 'desktop';
}
