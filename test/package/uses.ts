/** A host's programs: each subpath is used once, in the way it is meant. */

export const program = `
import { BoardingId, deepLinks, type HostEventMap, type JsxElements } from 'boarding-id';
import 'boarding-id/define';
import 'boarding-id/entry';
import 'boarding-id/bundle';
import { checkCode, memoryLedger, policy, type Verdict, type Verifier } from 'boarding-id/check';
import { connectBridge, findChannel } from 'boarding-id/bridge';
import { en } from 'boarding-id/locales/en';
import { zh } from 'boarding-id/locales/zh';
import {
  holderCalls,
  holderMessages,
  readIdentity,
  type IdentityResult,
  type Policy,
} from 'boarding-id/protocol';
import integrity from 'boarding-id/integrity.json' with { type: 'json' };
import manifest from 'boarding-id/custom-elements.json' with { type: 'json' };
import own from 'boarding-id/package.json' with { type: 'json' };

const service = document.createElement('boarding-id');
service.session = async () => 'token';
service.textSize = 'large';
const channel = findChannel();
if (channel) service.bridge = connectBridge(channel);
service.open('code');
service.addEventListener('boarding-id-issued', ({ detail }) => detail.validUntil.toFixed());
const found: BoardingId | null = document.querySelector('boarding-id');
found?.addEventListener('boarding-id-refused', ({ detail }) => detail.code satisfies string);

const tile = document.createElement('boarding-id-entry');
tile.session = service.session;
tile.addEventListener('boarding-id-entry-failed', ({ detail }) => detail satisfies undefined);

const verifier: Verifier = {
  keys: new Map(),
  denylist: undefined,
  ticketsOf: () => [],
  ledger: memoryLedger(policy.repeatSeconds),
  policy,
};
export const verdict: Promise<Verdict> = checkCode(
  { scanned: '', purpose: 'entry', place: { station: 'x', lane: '1' }, at: 0 },
  verifier,
);
export const read: IdentityResult = readIdentity({ name: '', documentType: 'passport', number: '' }, 0);
export const periods: Policy = policy;
export const path: '/v1/codes' = holderCalls.codes.path;
export type Pack = holderMessages.Pack;
export type Issued = HostEventMap['boarding-id-issued']['detail']['validUntil'];
export type Elsewhere = JsxElements<{ class?: string }>['boarding-id'];
export const texts = [en.language, zh.language, deepLinks[0], integrity['boarding-id.bundle.js']];
export const others: string[] = [manifest.schemaVersion, own.name];
`;

export const reactProgram = `
import type {} from 'boarding-id/react';

export const page = (
  <main>
    <boarding-id-entry for="service" lang="en" onboarding-id-entry-failed={() => {}} />
    <boarding-id
      id="service"
      className="service"
      issuer="https://issuer.example"
      screen="code"
      text-size="large"
      session={async () => 'token'}
      ref={(element) => element?.open()}
      onboarding-id-issued={(event) => event.detail.validUntil.toFixed()}
    >
      <a slot="services" href="/rooms">Rooms</a>
    </boarding-id>
  </main>
);
`;

/** Each line is wrong in one way, so that the types say something. */
export const wrongReactLines: readonly string[] = [
  `<boarding-id screen="nowhere" />`,
  `<boarding-id session="token" />`,
  `<boarding-id text-size="huge" />`,
  `<boarding-id onboarding-id-issued={(event) => event.detail.name} />`,
  `<boarding-id-entry for={1} />`,
  `<boarding-id-code />`,
];

/**
 * In Node, where a page's registry stands that lets nobody in: what has no effect comes, and what
 * registers is refused.
 */
export const inNode = `
const refuse = () => { throw new Error('the registry was asked'); };
globalThis.customElements = { get: refuse, define: refuse };
const before = Object.keys(globalThis);
const litsOwn = /^(lit|reactiveElement)[A-Z]/;
const { deepLinks, createFlow, BoardingId } = await import('boarding-id');
const { checkCode, memoryLedger, policy } = await import('boarding-id/check');
const { connectBridge, findChannel } = await import('boarding-id/bridge');
const { readIdentity, policy: same } = await import('boarding-id/protocol');
const { en } = await import('boarding-id/locales/en');
const { zh } = await import('boarding-id/locales/zh');
const question = { scanned: 'x', purpose: 'entry', place: { station: 'x', lane: '1' }, at: 0 };
const ledger = memoryLedger(policy.repeatSeconds);
const verifier = { keys: new Map(), denylist: undefined, ticketsOf: () => [], ledger, policy };
const effects = await Promise.all(
  ['boarding-id/define', 'boarding-id/entry'].map((name) => import(name).then(() => 'none', (error) => error.message)),
);
console.log(JSON.stringify({
  root: [typeof createFlow, typeof BoardingId, deepLinks.includes('code')],
  bridge: [typeof connectBridge, typeof findChannel({})],
  same: policy === same,
  globals: Object.keys(globalThis).filter((name) => !before.includes(name) && !litsOwn.test(name)),
  verdict: await checkCode(question, verifier),
  identity: readIdentity({ name: '', documentType: 'passport', number: '' }, 0),
  languages: [zh.language, en.language],
  effects,
}));
`;
