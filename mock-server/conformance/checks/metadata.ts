import * as v from 'valibot';
import { holderCalls, keySetCall } from '../../../widget/protocol/calls.ts';
import { codeType } from '../../../widget/protocol/code/claims.ts';
import { KeySet, Metadata, PublicKey } from '../../../widget/protocol/messages/metadata.ts';
import { policy as servicePolicy, type Policy } from '../../../widget/protocol/policy.ts';
import { demandShape, inShort, reached } from '../answer.ts';
import { demand, type Area } from '../check.ts';
import type { IssuerUnderTest } from '../issuer-under-test.ts';

/** Periods and counts that the rules of the service fix. */
const fixed = {
  proofSeconds: 'R10',
  renewBeforeSeconds: 'R11',
  applicationsPerMonth: 'R9',
} as const;

/** And those that an issuer may only make shorter. */
const atMost: readonly (keyof Policy)[] = [
  'codeSeconds',
  'grantSeconds',
  'livenessSeconds',
  'livenessAttempts',
  'sessionSeconds',
  'gateLeewaySeconds',
  'packsPerGrant',
];

const AnyKeys = v.object({ keys: v.array(v.record(v.string(), v.unknown())) });
const OpenApi = v.object({
  openapi: v.pipe(v.string(), v.startsWith('3.1')),
  paths: v.record(v.string(), v.unknown()),
});

const keySet = async (issuer: IssuerUnderTest): Promise<KeySet> =>
  reached(await issuer.ask(keySetCall), KeySet);

export const metadata: Area = {
  title: 'Metadata and keys',
  checks: [
    {
      name: 'metadata',
      contract: 'protocol, GET /.well-known/boarding-id',
      holds: 'The metadata are as the contract has them, and name the origin they are asked at.',
      mend: 'Publish each member that OpenAPI lists; “issuer” is the public origin, without a slash.',
      ask: async (issuer) => {
        const read = demandShape(await issuer.ask(holderCalls.metadata), Metadata);
        demand(read.issuer === issuer.origin, `issuer ${issuer.origin}`, `issuer ${read.issuer}`);
        demand(read.serverTime > 1e12, 'serverTime in milliseconds', 'a smaller number');
        const { jwks, api } = read.endpoints;
        demand(api === `${issuer.origin}/v1`, `endpoints.api ${issuer.origin}/v1`, api);
        demand(jwks === issuer.addressOf(keySetCall), issuer.addressOf(keySetCall), jwks);
      },
    },
    {
      name: 'policy-of-the-service',
      contract: 'R9, R10, R11, R15, R17; policy.ts',
      holds:
        'The published policy keeps the rules of the service; only what protects may be shorter.',
      mend: 'Publish the periods of the rules, and keep to them.',
      ask: async (issuer) => {
        const { policy } = reached(await issuer.ask(holderCalls.metadata), Metadata);
        for (const [name, rule] of Object.entries(fixed) as [keyof typeof fixed, string][]) {
          const expected = `${name} ${servicePolicy[name]} (${rule})`;
          demand(policy[name] === servicePolicy[name], expected, String(policy[name]));
        }
        for (const name of atMost) {
          const expected = `${name} of at most ${servicePolicy[name]}`;
          demand(policy[name] <= servicePolicy[name], expected, String(policy[name]));
        }
        demand(
          policy.denylistMaximumSeconds <= policy.grantSeconds,
          'denylistMaximumSeconds no longer than a grant',
          String(policy.denylistMaximumSeconds),
        );
      },
    },
    {
      name: 'openapi',
      contract: 'protocol, HTTP',
      holds:
        'The address that the metadata give for it serves OpenAPI 3.1 with the holder’s calls.',
      mend: 'Serve the document at endpoints.openapi, with every path of the contract.',
      ask: async (issuer) => {
        const { endpoints } = await issuer.metadata();
        const answer = await issuer.send('GET', endpoints.openapi, {}, 'OpenAPI');
        const { paths } = demandShape(answer, OpenApi);
        for (const { path } of Object.values(holderCalls)) {
          const written = path.replaceAll(/:(\w+)/g, '{$1}');
          demand(written in paths, `the path ${written}`, 'a document without it');
        }
      },
    },
    {
      name: 'keys',
      contract: 'protocol, The keys; RFC 7517',
      holds: 'The key set has a key for codes, and each key says for which kind of token it is.',
      mend: 'Publish ES256 keys with kid and typ; a code’s kid has at most 4 of A–Z a–z 0–9 _ -.',
      ask: async (issuer) => {
        const { keys } = demandShape(await issuer.ask(keySetCall), KeySet);
        const ofCodes = keys.filter(({ typ }) => typ === codeType);
        demand(ofCodes.length > 0, `a key with typ ${codeType}`, 'none');
        const isShort = ofCodes.every(({ kid }) => /^[\w-]{1,4}$/.test(kid));
        demand(isShort, 'code keys with a kid of 1 to 4 characters', 'another kid');
        const names = new Set(keys.map(({ kid, typ }) => `${typ} ${kid}`));
        demand(names.size === keys.length, 'one key for each typ and kid', 'two of one name');
      },
    },
    {
      name: 'keys-public-only',
      contract: 'RFC 7517, section 9.3; RFC 7518, section 6.2.2',
      holds: 'No published key has a member that is not public.',
      mend: 'Take the key out of service at once: whoever has read the set can sign codes.',
      ask: async (issuer) => {
        const { keys } = reached(await issuer.ask(keySetCall), AnyKeys);
        const known = [...Object.keys(PublicKey.entries), 'use', 'key_ops', 'x5c', 'x5t#S256'];
        const others = new Set(keys.flatMap(Object.keys).filter((name) => !known.includes(name)));
        demand(others.size === 0, 'public members only', `the member ${[...others].join(', ')}`);
      },
    },
    {
      name: 'keys-of-one-kind',
      contract: 'protocol, Tokens: each kind has its own typ and its own key',
      holds: 'No key is published for two kinds of token, and none for liveness or sessions.',
      mend: 'Make a key for each kind, and keep those of liveness and sessions to their own verifiers.',
      ask: async (issuer) => {
        const { keys } = await keySet(issuer);
        const points = new Set(keys.map(({ x, y }) => `${x} ${y}`));
        demand(points.size === keys.length, 'another key for each kind', 'one key twice');
        const foreign = keys.find(({ typ }) => /liveness|session/.test(typ));
        demand(foreign === undefined, 'keys that gates verify with', `a key for ${foreign?.typ}`);
      },
    },
    {
      name: 'keys-cacheable',
      contract: 'protocol, GET /.well-known/jwks.json',
      holds: 'The key set may be kept for a while.',
      mend: 'Send Cache-Control: public, max-age=60, or a like period.',
      ask: async (issuer) => {
        const answer = await issuer.ask(keySetCall);
        demand(answer.status === 200, '200', inShort(answer));
        const sent = answer.headers.get('Cache-Control') ?? 'nothing';
        demand(/max-age=[1-9]/.test(sent), 'Cache-Control with a max-age', sent);
      },
    },
  ],
};
