import { expect } from 'chai';
import { permissionOf } from '../../widget/host/permission.ts';

describe('what the traveller has decided before', () => {
  it('is told without asking them', async () => {
    expect(await permissionOf('geolocation')).to.be.oneOf(['prompt', 'granted', 'denied']);
  });

  it('is nothing where the browser does not know the permission', async () => {
    // By a name that no browser has, as none of them has the camera's everywhere.
    expect(await permissionOf('mind-reading' as PermissionName)).to.equal(undefined);
  });
});
