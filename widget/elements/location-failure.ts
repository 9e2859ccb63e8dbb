import type { Known, LocationFailure } from '../flow/state.ts';
import type { Dictionary } from '../locales/index.ts';

/** Which settings mend it; none where asking again, or another browser, is all there is to do. */
const remedies: Record<LocationFailure, 'allow' | 'turnOn' | undefined> = {
  denied: undefined,
  blocked: 'allow',
  withheld: undefined,
  unavailable: 'turnOn',
  timeout: 'turnOn',
  unanswered: undefined,
  'no-answer': 'turnOn',
  unsupported: undefined,
};

/** Whether the phone's settings are where to mend it. */
export const mendedInSettings = ({ location }: Pick<Known, 'location'>): boolean =>
  location.status === 'failed' && remedies[location.reason] !== undefined;

/** Why there is no location, and the way to mend it on this platform, unless a button leads there (R6). */
export function locationFailure(
  reason: LocationFailure,
  { platform, opensSettings }: Pick<Known, 'platform' | 'opensSettings'>,
  { location, betweenSentences }: Dictionary,
): string {
  const remedy = remedies[reason];
  if (!remedy || opensSettings) return location.failures[reason];
  const sentences = [location.failures[reason], location.settings[platform][remedy]];
  return [...sentences, location.thenAgain].join(betweenSentences);
}
