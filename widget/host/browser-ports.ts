import { generateKeyPair } from 'dpop';
import { createIdbVault } from '../flow/idb-vault.ts';
import type { Ports } from '../flow/ports.ts';
import { createBrowserLocation } from './browser-location.ts';
import { createBrowserCamera } from './camera.ts';
import { createLivenessStub, type LivenessStub } from './liveness-stub.ts';
import { createPageLife } from './page-life.ts';
import { createReadiness } from './readiness.ts';
import { isWithheld, permissionOf, type LentFeature } from './permission.ts';
import { platformOf } from './platform.ts';

/** What a host page says for itself. */
export interface HostGiven extends Pick<Ports, 'now' | 'session' | 'sessionGiven'> {}

/** Every port filled by the browser this runs in, and the liveness stub, which draws on a stage. */
export function createBrowserPorts(given: HostGiven): { ports: Ports; stage: LivenessStub } {
  const send = (request: Request) => fetch(request);
  const vault = createIdbVault(after);
  const withheld = (feature: LentFeature) => isWithheld(feature, window, permissionOf);
  const stage = createLivenessStub({
    send,
    camera: createBrowserCamera({
      mediaDevices: navigator.mediaDevices,
      permission: () => permissionOf('camera'),
      withheld: () => withheld('camera'),
      secureContext: isSecureContext,
      after,
    }),
    platform: platformOf(navigator),
    page: window,
  });
  return {
    stage,
    ports: {
      ...given,
      elapsed: () => performance.now(),
      after,
      send,
      platform: platformOf(navigator),
      // Only in secure contexts; without one, no key is made and no call gets as far as this.
      randomUuid: () => crypto.randomUUID(),
      readiness: createReadiness({
        secureContext: isSecureContext,
        makeKey: () => generateKeyPair('ES256'),
        vault,
        geolocation: navigator.geolocation,
        mediaDevices: navigator.mediaDevices,
        permissionOf,
        isWithheld: withheld,
      }),
      location: createBrowserLocation({
        geolocation: navigator.geolocation,
        permission: () => permissionOf('geolocation'),
        withheld: () => withheld('geolocation'),
        secureContext: isSecureContext,
        after,
      }),
      liveness: stage,
      vault,
      settings: { able: async () => false, open: () => undefined },
      haptics: (kind) => {
        // Before the first touch of a page a browser refuses, and complains of it.
        if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(vibrations[kind]);
      },
      page: createPageLife(window),
    },
  };
}

/** Milliseconds on, off, on. Not in every browser. */
const vibrations = { success: [40], failure: [40, 80, 40] };

function after(milliseconds: number, callback: () => void): () => void {
  const timer = setTimeout(callback, milliseconds);
  return () => clearTimeout(timer);
}
