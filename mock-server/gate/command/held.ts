import { decodeJwt, errors } from 'jose';
import * as v from 'valibot';
import type { Denylist } from '../../../widget/protocol/code/check.ts';
import { KeySet } from '../../../widget/protocol/messages/metadata.ts';
import { policy as ownPolicy, type Policy } from '../../../widget/protocol/policy.ts';
import { dayAfter, dayOf } from '../../../widget/protocol/shanghai-time.ts';
import type { Ticket } from '../../../widget/protocol/tickets.ts';
import {
  pinKeys,
  readDenylist,
  readManifest,
  type Expected,
  type PinnedKeys,
} from '../../../widget/check/trust.ts';
import {
  call,
  calls,
  type CallAnswer,
  type CallFailure,
  type IssuerConnection,
} from '../page/issuer-client.ts';
import { CannotCheck } from './cannot-check.ts';
import type { Options } from './options.ts';

/** What a gate holds before a code comes: from files, or fetched from the issuer. */
export interface Held {
  keys: PinnedKeys['codes'];
  policy: Policy;
  denylist: Denylist | undefined;
  tickets: readonly Ticket[];
}

export interface Sources {
  /** Content of a file as text; throws CannotCheck. */
  readFile: (path: string) => Promise<string>;
  send: IssuerConnection['send'];
  /** The gate's bearer credential, for denylist and manifests. */
  credential: string | undefined;
}

/** How long an issuer may take to answer, milliseconds. */
const deadlineMilliseconds = 10_000;

/** @throws CannotCheck when something that the purpose needs is not to be had */
export async function collect(options: Options, sources: Sources): Promise<Held> {
  const { issuer, purpose, at } = options;
  const connection = options.keys === undefined && issuer ? connect(issuer, sources) : undefined;
  const keys = await pinned(await keySet(options, sources, connection));
  const policy = connection
    ? must('policy', await call(connection, calls.metadata)).policy
    : ownPolicy;
  const expected: Expected = {
    keys,
    issuer: issuer ?? '',
    at,
    leewaySeconds: policy.gateLeewaySeconds,
  };
  if (!issuer && (options.denylist ?? options.manifests[0])) {
    throw new CannotCheck('Who must have signed the lists? Give --issuer URL as well.');
  }
  const listed = sources.credential === undefined ? undefined : connection;

  const denylist = await denylistOf(options, sources, listed, expected);
  if (!denylist && purpose === 'entry')
    throw new CannotCheck(missing('the denylist', '--denylist'));
  const tickets = purpose === 'counter' ? [] : await ticketsOf(options, sources, listed, expected);
  return { keys: keys.codes, policy, denylist, tickets };
}

const missing = (what: string, option: string): string =>
  `This purpose needs ${what}: give ${option} FILE, or --issuer URL without --keys and the gate’s credential in BOARDING_ID_CREDENTIAL.`;

const connect = (issuer: string, { send, credential = '' }: Sources): IssuerConnection => ({
  issuer,
  credential,
  send,
  deadline: () => AbortSignal.timeout(deadlineMilliseconds),
});

const failures: Record<CallFailure, string> = {
  unreachable: 'The issuer does not answer; check --issuer and the network',
  refused: 'The issuer refuses to tell; check --issuer, --station and BOARDING_ID_CREDENTIAL',
  unreadable: 'What answers there is no issuer of boarding IDs; check --issuer',
};

function must<T>(what: string, answer: CallAnswer<T>): T {
  if (answer.ok) return answer.value;
  throw new CannotCheck(`${failures[answer.failure]} (${what}).`);
}

async function keySet(
  { keys }: Options,
  { readFile }: Sources,
  connection: IssuerConnection | undefined,
): Promise<KeySet> {
  if (keys === undefined) {
    if (!connection) throw new CannotCheck('Give --keys FILE or --issuer URL.');
    return must('keys', await call(connection, calls.keySet));
  }
  const read = v.safeParse(KeySet, asJson(await readFile(keys)));
  if (read.success) return read.output;
  throw new CannotCheck(`${keys} is no key set; it holds what /.well-known/jwks.json answers.`);
}

async function pinned(keys: KeySet): Promise<PinnedKeys> {
  try {
    return await pinKeys(keys);
  } catch (thrown) {
    if (!(thrown instanceof DOMException)) throw thrown;
    throw new CannotCheck('A key of the set is no point of P-256; get the key set anew.');
  }
}

async function denylistOf(
  options: Options,
  { readFile }: Sources,
  connection: IssuerConnection | undefined,
  expected: Expected,
): Promise<Denylist | undefined> {
  const path = options.denylist;
  const token =
    path !== undefined
      ? tokenIn(await readFile(path), 'denylist')
      : connection && must('denylist', await call(connection, calls.denylist)).denylist;
  if (token === undefined) return undefined;
  const denylist = await readDenylist(token, expected);
  if (denylist) return denylist;
  throw new CannotCheck(unverified(path ?? 'The issuer’s denylist'));
}

const unverified = (what: string): string =>
  `${what} does not verify: not signed by this issuer’s keys, of another kind, or over. Get it anew.`;

async function ticketsOf(
  options: Options,
  { readFile }: Sources,
  connection: IssuerConnection | undefined,
  expected: Expected,
): Promise<Ticket[]> {
  const { manifests, place, at } = options;
  if (manifests.length > 0) {
    const read = manifests.map(async (path) => {
      const token = tokenIn(await readFile(path), 'manifest');
      const { station, day } = claimsOf(token);
      if (place.station && station !== place.station) {
        throw new CannotCheck(`${path} is not the manifest of ${place.station}.`);
      }
      const manifest = await readManifest(
        token,
        { station: String(station), day: String(day) },
        expected,
      );
      if (!manifest) throw new CannotCheck(unverified(path));
      return manifest.tickets;
    });
    return (await Promise.all(read)).flat();
  }
  if (!connection) throw new CannotCheck(missing('the tickets', '--manifest'));
  const { station } = place;
  if (!station) throw new CannotCheck('Tickets are kept by station: give --station ID as well.');
  const fetched = [-1, 0, 1].map(async (days) => {
    const path = { station, day: dayAfter(dayOf(at), days) };
    const answer = must('manifest', await call(connection, calls.manifest, { path }));
    const manifest = await readManifest(answer.manifest, path, expected);
    if (!manifest) throw new CannotCheck(unverified(`The issuer’s manifest of ${path.day}`));
    return manifest.tickets;
  });
  return (await Promise.all(fetched)).flat();
}

function claimsOf(token: string): { station?: unknown; day?: unknown } {
  try {
    return decodeJwt(token);
  } catch (thrown) {
    if (thrown instanceof errors.JOSEError) return {};
    throw thrown;
  }
}

/** A signed list as it is, or in the JSON that the issuer answers with. */
function tokenIn(content: string, member: 'denylist' | 'manifest'): string {
  const answer = v.safeParse(v.object({ [member]: v.string() }), asJson(content));
  return answer.success ? (answer.output[member] ?? '') : content.trim();
}

/** `undefined` where it is no JSON. */
function asJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
