import { expect } from 'chai';
import { locationFailure } from '../../widget/elements/location-failure.ts';
import type { LocationFailure } from '../../widget/flow/state.ts';
import { loadDictionary, zh } from '../../widget/locales/index.ts';

const reasons = Object.keys(zh.location.failures) as LocationFailure[];
const platforms = ['android', 'ios', 'desktop'] as const;

describe('why there is no location', () => {
  for (const language of ['zh', 'en'] as const) {
    it(`R6: each reason has its own text on each platform, in ${language}`, async () => {
      const texts = await loadDictionary(language);
      for (const platform of platforms) {
        const all = reasons.map((reason) =>
          locationFailure(reason, { platform, opensSettings: false }, texts),
        );
        expect(new Set(all).size).to.equal(reasons.length);
      }
    });

    it(`R6: what only settings mend names another place on each platform, in ${language}`, async () => {
      const texts = await loadDictionary(language);
      for (const reason of ['blocked', 'unavailable', 'timeout', 'no-answer'] as const) {
        const ways = platforms.map((platform) =>
          locationFailure(reason, { platform, opensSettings: false }, texts),
        );
        expect(new Set(ways).size, reason).to.equal(platforms.length);
      }
    });
  }
});
