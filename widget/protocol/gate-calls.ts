import type { Call } from './calls.ts';
import {
  AdmissionAnswer,
  AdmissionRequest,
  InspectionAnswer,
  InspectionRequest,
  SignedDenylist,
  SignedManifest,
} from './messages/gate.ts';

/** The calls that gates, train crews and counters make. */
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
  inspect: {
    method: 'POST',
    path: '/v1/inspections',
    by: ['crew'],
    request: InspectionRequest,
    response: InspectionAnswer,
  },
} as const satisfies Record<string, Call>;
