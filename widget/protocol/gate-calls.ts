import type { Call } from './calls.ts';
import {
  AdmissionAnswer,
  AdmissionRequest,
  SignedDenylist,
  SignedManifest,
} from './messages/gate.ts';

/** The calls that a gate makes. */
export const gateCalls = {
  denylist: { method: 'GET', path: '/v1/denylist', by: ['gate'], response: SignedDenylist },
  manifest: {
    method: 'GET',
    path: '/v1/manifests/:station/:day',
    by: ['gate'],
    response: SignedManifest,
  },
  admit: {
    method: 'POST',
    path: '/v1/admissions',
    by: ['gate'],
    request: AdmissionRequest,
    response: AdmissionAnswer,
  },
} as const satisfies Record<string, Call>;
