import type { Reason } from '../../widget/protocol/code/reasons.ts';
import {
  badSignatureCodes,
  malformedCodes,
  now,
  unknownKeyCodes,
  unsupportedCodes,
} from './codes.ts';
import { admitted, entry, gate, refused, scan, ticket, type Case } from './gate-case.ts';
import { rideCases } from './ride-cases.ts';

const revoked = { issuedAt: now, revoked: ['Gr4nt-_0'] };

const refusedAsTheyAre = (codes: Record<string, unknown>, reason: Reason): Case[] =>
  Object.keys(codes).map((code) =>
    gate(`${reason}: ${code}`, [{ code, ...entry, expected: refused(reason) }]),
  );

const forms: Case[] = [
  gate('admitted: the digits of the QR', [scan('good', admitted())]),
  gate('admitted: the JWS itself', [scan('good, as JWS', admitted())]),
  gate('admitted: by the twin of its signature', [
    scan('good, by its signature’s twin', admitted()),
  ]),
  gate('admitted: a counter of four characters', [scan('longest counter', admitted())]),
  gate('key rotation: a code of the next key', [scan('of the next key', admitted())]),
  gate(
    'unknown-key: a gate without the next key',
    [scan('of the next key', refused('unknown-key'))],
    { pinned: ['k1'] },
  ),
  gate('unknown-key: a gate without keys', [scan('good', refused('unknown-key'))], { pinned: [] }),
  ...refusedAsTheyAre(malformedCodes, 'malformed'),
  ...refusedAsTheyAre(unsupportedCodes, 'unsupported'),
  ...refusedAsTheyAre(unknownKeyCodes, 'unknown-key'),
  ...refusedAsTheyAre(badSignatureCodes, 'bad-signature'),
];

const window: Case[] = [
  ...(
    [
      ['11 s early', now - 11, refused('not-yet-valid', 11)],
      ['10 s early', now - 10, admitted()],
      ['at its end', now + 60, admitted()],
      ['9 s late', now + 69, admitted()],
      ['10 s late', now + 70, refused('expired', 10)],
      ['an hour late', now + 3599, refused('expired', 3539)],
    ] as const
  ).map(([when, at, expected]) => gate(`window: ${when}`, [scan('good', expected, { at })])),
  gate('window: a short code ends by its own end', [
    scan('short last of a pack', refused('expired', 10), { at: now + 15 }),
    scan('short last of a pack', admitted(), { at: now + 14 }),
  ]),
  gate('order: expired before revoked', [scan('good', refused('expired', 10), { at: now + 70 })], {
    denylist: revoked,
  }),
];

const lists: Case[] = [
  ...(['entry', 'exit', 'counter', 'check', 'onboard'] as const).map((purpose) =>
    gate(`revoked: at ${purpose} too`, [scan('good', refused('revoked'), { purpose })], {
      denylist: revoked,
    }),
  ),
  gate('revoked: another grant alone', [scan('good', admitted())], {
    denylist: { issuedAt: now, revoked: ['Other-_0', 'Gr4nt-_'] },
  }),
  gate('denylist: 1,800 s old still counts', [scan('good', admitted())], {
    denylist: { issuedAt: now - 1800, revoked: [] },
  }),
  gate('denylist-stale: 1,801 s old', [scan('good', refused('denylist-stale'))], {
    denylist: { issuedAt: now - 1801, revoked: [] },
  }),
  gate('denylist-stale: none at all', [scan('good', refused('denylist-stale'))], {
    denylist: null,
  }),
  gate('denylist: one that is signed a little later than now', [scan('good', admitted())], {
    denylist: { issuedAt: now + 5, revoked: [] },
  }),
  gate('order: revoked before denylist-stale', [scan('good', refused('revoked'))], {
    denylist: { ...revoked, issuedAt: now - 1801 },
  }),
  gate('order: denylist-stale before no-ticket', [scan('good', refused('denylist-stale'))], {
    denylist: null,
    manifest: [],
  }),
  ...(['counter', 'check', 'onboard'] as const).map((purpose) =>
    gate(
      `denylist: none, and ${purpose} goes on`,
      [scan('good', admitted(purpose === 'counter' ? null : ticket.id), { purpose })],
      { denylist: null },
    ),
  ),
];

export const cases: Case[] = [...forms, ...window, ...lists, ...rideCases];
