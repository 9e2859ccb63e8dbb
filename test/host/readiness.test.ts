import { expect } from 'chai';
import { generateKeyPair } from 'dpop';
import { createIdbVault } from '../../widget/flow/idb-vault.ts';
import { createReadiness, type ReadinessOptions } from '../../widget/host/readiness.ts';

const after = (): (() => void) => () => undefined;
const name = 'boarding-id-test-readiness';

/** This browser, which lacks nothing, but for what a test takes away. */
const check = (change: Partial<ReadinessOptions> = {}) =>
  createReadiness({
    secureContext: isSecureContext,
    makeKey: () => generateKeyPair('ES256'),
    vault: createIdbVault(after, name),
    geolocation: navigator.geolocation,
    mediaDevices: navigator.mediaDevices,
    permissionOf: async () => 'prompt',
    isWithheld: async () => false,
    ...change,
  }).check();

describe('what the browser has', () => {
  it('B4: this one lacks nothing: key, storage, location and camera are there', async () => {
    expect(await check()).to.deep.equal([]);
  });

  it('B4: finding out leaves nothing behind', async () => {
    await check();
    expect(await createIdbVault(after, name).read()).to.equal(undefined);
  });

  it('B4: without a secure context that one thing is named, since it is why all else is missing', async () => {
    expect(
      await check({ secureContext: false, geolocation: undefined, mediaDevices: undefined }),
    ).to.deep.equal(['insecure-context']);
  });

  it('B4: a browser that makes no key, and one that makes but does not keep it', async () => {
    const makeKey = () => Promise.reject(new Error('no ES256'));
    expect(await check({ makeKey })).to.deep.equal(['keys-unavailable']);
    const vault = { keeps: async () => false };
    expect(await check({ vault })).to.deep.equal(['storage-refused']);
  });

  it('B4: location and camera, missing or blocked before', async () => {
    const permissionOf = async (asked: PermissionName) =>
      asked === 'geolocation' ? ('denied' as const) : undefined;
    expect(await check({ permissionOf })).to.deep.equal(['location-blocked']);
    expect(await check({ geolocation: undefined })).to.deep.equal(['location-unsupported']);
    expect(await check({ mediaDevices: undefined })).to.deep.equal(['camera-missing']);
    const mediaDevices = { enumerateDevices: async () => [] };
    expect(await check({ mediaDevices })).to.deep.equal(['camera-missing']);
    const all = async () => 'denied' as const;
    expect(await check({ permissionOf: all })).to.deep.equal([
      'location-blocked',
      'camera-blocked',
    ]);
  });

  it('B5: what the page around keeps to itself is named before what the traveller could mend', async () => {
    const denied = {
      permissionOf: async () => 'denied' as const,
      mediaDevices: { enumerateDevices: async () => [] },
    };
    expect(await check({ ...denied, isWithheld: async () => true })).to.deep.equal([
      'location-withheld',
      'camera-withheld',
    ]);
    const isWithheld = async (feature: string) => feature === 'camera';
    expect(await check({ isWithheld })).to.deep.equal(['camera-withheld']);
  });

  it('B4: what the browser does not tell is passed over', async () => {
    const mediaDevices = { enumerateDevices: () => Promise.reject(new Error('not told')) };
    expect(await check({ permissionOf: async () => undefined, mediaDevices })).to.deep.equal([]);
  });
});
