import { holderCalls, keySetCall } from '../../widget/protocol/calls.ts';
import { supportedDocument } from '../../widget/protocol/documents.ts';
import { gateCalls } from '../../widget/protocol/gate-calls.ts';
import type { Metadata } from '../../widget/protocol/messages/metadata.ts';
import { Problem } from '../../widget/protocol/problems.ts';
import { isDay } from '../../widget/protocol/shanghai-time.ts';
import type { CallRoutes } from '../http/call-routes.ts';
import type { Clock } from '../http/clock.ts';
import { endGrantsOfKey } from '../store/grants.ts';
import { applicationState } from './application-state.ts';
import { apply, view } from './apply.ts';
import { freshCodes } from './codes.ts';
import { complete } from './complete.ts';
import { denylist, manifest } from './gate-lists.ts';
import type { Issuer } from './issuer.ts';
import { me } from './me.ts';
import { records } from './records.ts';

/** The issuer's calls, each handed to the rule that answers it. */
export function addIssuerRoutes(routes: CallRoutes, issuer: Issuer, clock: Clock): void {
  routes
    .add(holderCalls.metadata, async () => metadata(issuer, clock()))
    .add(keySetCall, ({ at }) => issuer.keyring.published(at))
    .add(holderCalls.me, ({ session, at }) => me(issuer, session, at))
    .add(holderCalls.place, async ({ body }) => issuer.places.find(body))
    .add(holderCalls.apply, (asked) => apply(issuer, asked, asked.body))
    .add(holderCalls.completeApplication, (asked) =>
      complete(issuer, asked, 'apply', asked.parameter('id'), asked.body.assertion),
    )
    .add(holderCalls.application, (asked) => applicationState(issuer, asked, asked.parameter('id')))
    .add(holderCalls.view, (asked) => view(issuer, asked, asked.body))
    .add(holderCalls.completeView, (asked) =>
      complete(issuer, asked, 'view', asked.parameter('id'), asked.body.assertion),
    )
    .add(holderCalls.codes, (asked) => freshCodes(issuer, asked, asked.grant))
    .add(holderCalls.records, ({ session, at }) => records(issuer, session, at))
    .add(holderCalls.signOut, async ({ thumbprint, at }) => {
      await endGrantsOfKey(issuer.store, thumbprint, at);
      return undefined;
    })
    .add(gateCalls.denylist, ({ at }) => denylist(issuer, at))
    .add(gateCalls.manifest, ({ parameter, at }) => {
      const [station, day] = [parameter('station'), parameter('day')];
      if (!/^[\w-]{1,64}$/.test(station)) {
        throw new Problem('invalid-request', { detail: 'station' });
      }
      if (!isDay(day)) throw new Problem('invalid-request', { detail: 'day' });
      return manifest(issuer, station, day, at);
    });
}

const metadata = (issuer: Issuer, serverTime: number): Metadata => ({
  issuer: issuer.origin,
  serverTime,
  policy: issuer.policy,
  documents: [supportedDocument],
  languages: ['zh', 'en'],
  livenessProvider: issuer.livenessProvider.address,
  ...(issuer.mockSignIn === undefined ? {} : { mockSignIn: issuer.mockSignIn }),
  endpoints: {
    jwks: `${issuer.origin}${keySetCall.path}`,
    api: `${issuer.origin}/v1`,
    openapi: `${issuer.origin}/openapi.json`,
  },
});
