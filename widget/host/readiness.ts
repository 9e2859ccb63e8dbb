import type { ReadinessPort } from '../flow/ports.ts';
import type { Obstacle } from '../flow/state.ts';
import type { Vault } from '../flow/vault.ts';
import type { LentFeature } from './permission.ts';

/** What of the browser is looked at; each part absent where the browser has none. */
export interface ReadinessOptions {
  secureContext: boolean;
  /** A non-extractable key as the holder's. @throws where none can be made */
  makeKey: () => Promise<CryptoKeyPair>;
  vault: Pick<Vault, 'keeps'>;
  geolocation: Geolocation | undefined;
  mediaDevices: Pick<MediaDevices, 'enumerateDevices'> | undefined;
  permissionOf: (name: PermissionName) => Promise<PermissionState | undefined>;
  isWithheld: (feature: LentFeature) => Promise<boolean>;
}

/** Looks at what the browser has, and prompts for nothing (B4). What it does not tell is passed over. */
export function createReadiness(options: ReadinessOptions): ReadinessPort {
  const { secureContext, makeKey, vault, geolocation, mediaDevices } = options;
  const { permissionOf, isWithheld } = options;

  async function key(): Promise<Obstacle[]> {
    try {
      const { privateKey } = await makeKey();
      return (await vault.keeps(privateKey)) ? [] : ['storage-refused'];
    } catch {
      return ['keys-unavailable'];
    }
  }

  async function location(): Promise<Obstacle[]> {
    if (!geolocation) return ['location-unsupported'];
    if (await isWithheld('geolocation')) return ['location-withheld'];
    return (await permissionOf('geolocation')) === 'denied' ? ['location-blocked'] : [];
  }

  async function camera(): Promise<Obstacle[]> {
    // Some browsers list no camera to whoever may not use it.
    if (await isWithheld('camera')) return ['camera-withheld'];
    if (!(await hasCamera(mediaDevices))) return ['camera-missing'];
    return (await permissionOf('camera')) === 'denied' ? ['camera-blocked'] : [];
  }

  return {
    check: async () => {
      // Outside of one a browser has no keys, no location and no camera: one cause, named once.
      if (!secureContext) return ['insecure-context'];
      return (await Promise.all([key(), location(), camera()])).flat();
    },
  };
}

async function hasCamera(devices: ReadinessOptions['mediaDevices']): Promise<boolean> {
  if (!devices) return false;
  try {
    return (await devices.enumerateDevices()).some(({ kind }) => kind === 'videoinput');
  } catch {
    return true;
  }
}
