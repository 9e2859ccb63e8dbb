import { expect } from 'chai';
import { isWithheld, permissionOf } from '../../widget/host/permission.ts';

const saying = (state: PermissionState | undefined) => async () => state;
const telling = (allowed: boolean) =>
  ({ featurePolicy: { allowsFeature: () => allowed } }) as unknown as Document;
const silent = {} as Document;
/** A window that is looked into from another origin. */
const foreign = {
  get document(): never {
    throw new DOMException('Blocked a frame', 'SecurityError');
  },
} as unknown as Window;

describe('what the traveller has decided before', () => {
  it('is told without asking them', async () => {
    expect(await permissionOf('geolocation')).to.be.oneOf(['prompt', 'granted', 'denied']);
  });

  it('is nothing where the browser does not know the permission', async () => {
    // By a name that no browser has, as none of them has the camera's everywhere.
    expect(await permissionOf('mind-reading' as PermissionName)).to.equal(undefined);
  });
});

describe('what the page around lends', () => {
  it('B5: is what the browser says, where it says so, whatever has been decided', async () => {
    const within = { top: window };
    expect(
      await isWithheld('camera', { ...within, document: telling(false) }, saying('granted')),
    ).to.equal(true);
    const lent = { document: telling(true), top: foreign };
    expect(await isWithheld('geolocation', lent, saying('denied'))).to.equal(false);
  });

  it('B5: is told by a refusal in a frame of another origin, where the browser says nothing', async () => {
    const framed = { document: silent, top: foreign };
    expect(await isWithheld('camera', framed, saying('denied'))).to.equal(true);
    expect(await isWithheld('camera', framed, saying('prompt'))).to.equal(false);
    expect(await isWithheld('camera', framed, saying(undefined))).to.equal(false);
  });

  it('B4: a refusal in a page of its own is the traveller’s, which settings mend', async () => {
    const own = { document: silent, top: window };
    expect(await isWithheld('geolocation', own, saying('denied'))).to.equal(false);
  });
});
