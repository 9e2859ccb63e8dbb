import type { Screen } from '../flow/state.ts';
import type { Dictionary } from '../locales/index.ts';

type HeadingKey = keyof Dictionary['headings'];

/** Which heading a screen has: another one is another arrival, and takes focus. */
export function headingKey(screen: Screen): HeadingKey {
  switch (screen.name) {
    case 'outcome':
      if (screen.outcome.status !== 'refused') return screen.outcome.status;
      return screen.purpose === 'apply' ? 'refusedApply' : 'refusedView';
    case 'code':
      if (screen.status === 'verification-required') return 'verificationRequired';
      return screen.status === 'live' ? 'code' : 'proofEnded';
    default:
      return screen.name;
  }
}
