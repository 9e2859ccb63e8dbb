import { clear } from './fixture.ts';
import { largeTextFits } from './large-text.ts';

describe('text of twice the size, in a place of 320 px', () => {
  afterEach(() => {
    clear();
    document.documentElement.removeAttribute('style');
    document.body.removeAttribute('style');
  });

  it('nothing is cut off or scrolls sideways', async () => {
    document.documentElement.style.setProperty('--boarding-id-font-size', '32px');
    Object.assign(document.body.style, { margin: '0', width: '320px' });
    await largeTextFits(320);
  });
});
