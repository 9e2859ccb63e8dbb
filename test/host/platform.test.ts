import { expect } from 'chai';
import { platformOf } from '../../widget/host/platform.ts';

describe('the platform', () => {
  it('is told from what browsers say of themselves', () => {
    for (const [userAgent, maxTouchPoints, platform] of [
      ['Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Chrome/126.0.0.0', 5, 'android'],
      ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15', 5, 'ios'],
      ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15', 5, 'ios'],
      ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15', 0, 'desktop'],
      ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36', 10, 'desktop'],
      ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 0, 'desktop'],
    ] as const) {
      expect(platformOf({ userAgent, maxTouchPoints })).to.equal(platform);
    }
  });
});
