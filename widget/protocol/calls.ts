import type * as v from 'valibot';
import * as holder from './messages/holder.ts';
import { KeySet, Metadata } from './messages/metadata.ts';

/** Who may make a call; each item must be shown. */
export type Credential =
  /** A DPoP proof of the holder's key (RFC 9449). */
  | 'key'
  /** The host app's session for a signed-in traveller, where there is one. */
  | 'optional-session'
  | 'session'
  /** A grant, `Authorization: DPoP …`. */
  | 'grant'
  /** A gate's credential, `Authorization: Bearer …`. */
  | 'gate'
  /** A credential of train crew or counter staff, `Authorization: Bearer …`. */
  | 'crew';

/** One call of the contract: the issuer's routes, its OpenAPI and the clients are made from these. */
export interface Call {
  method: 'GET' | 'POST' | 'DELETE';
  /** Path with `:parameters`. */
  path: string;
  by: readonly Credential[];
  request?: v.GenericSchema;
  /** Absent where the answer is 204. */
  response?: v.GenericSchema;
  /** Creates something, so it takes an `Idempotency-Key`. */
  creates?: true;
  /** Sends `Cache-Control: no-store` unless it says for how many seconds it may be kept. */
  cacheSeconds?: number;
}

/** The header in which a host app's session travels. */
export const sessionHeader = 'Boarding-Session';

/** The calls that a holder makes. */
export const holderCalls = {
  metadata: { method: 'GET', path: '/.well-known/boarding-id', by: [], response: Metadata },
  me: { method: 'GET', path: '/v1/me', by: ['key', 'session'], response: holder.Me },
  place: {
    method: 'POST',
    path: '/v1/places',
    by: ['key'],
    request: holder.Coordinates,
    response: holder.PlaceFound,
  },
  apply: {
    method: 'POST',
    path: '/v1/applications',
    by: ['key', 'optional-session'],
    request: holder.ApplicationRequest,
    response: holder.LivenessRequired,
    creates: true,
  },
  completeApplication: {
    method: 'POST',
    path: '/v1/applications/:id/liveness',
    by: ['key'],
    request: holder.LivenessCompletion,
    response: holder.Shown,
    creates: true,
  },
  application: {
    method: 'GET',
    path: '/v1/applications/:id',
    by: ['key'],
    response: holder.ApplicationState,
  },
  view: {
    method: 'POST',
    path: '/v1/views',
    by: ['key', 'optional-session'],
    request: holder.ViewRequest,
    response: holder.LivenessRequired,
    creates: true,
  },
  completeView: {
    method: 'POST',
    path: '/v1/views/:id/liveness',
    by: ['key'],
    request: holder.LivenessCompletion,
    response: holder.Shown,
    creates: true,
  },
  codes: {
    method: 'POST',
    path: '/v1/codes',
    by: ['key', 'grant'],
    request: holder.Empty,
    response: holder.Pack,
    creates: true,
  },
  records: { method: 'GET', path: '/v1/records', by: ['key', 'session'], response: holder.Records },
  signOut: { method: 'DELETE', path: '/v1/grants', by: ['key'] },
} as const satisfies Record<string, Call>;

/** Not called by the holder, but by whoever verifies. */
export const keySetCall = {
  method: 'GET',
  path: '/.well-known/jwks.json',
  by: [],
  response: KeySet,
  cacheSeconds: 60,
} as const satisfies Call;
