import * as v from 'valibot';
import { openCamera } from './camera.ts';
import { mockClock, ownClock } from './clock.ts';
import { Configuration, readPost, Stations, Trains } from './configuration.ts';
import { Gate } from './gate.ts';
import { GatePage } from './gate-page.ts';
import { pictureReader } from './image-reader.ts';
import type { IssuerConnection } from './issuer-client.ts';
import { Lists } from './lists.ts';
import { openListsCache } from './lists-cache.ts';
import { openOwnLedger } from './own-ledger.ts';
import { browserSignal } from './signals.ts';
import { en } from './texts-en.ts';
import { zh } from './texts-zh.ts';

/** How long the issuer has for an answer before the gate judges alone, milliseconds. */
const patienceMilliseconds = 2_000;

/** A gate started without the issuer knows stations and trains by what is typed. */
const orNone = <Value>(answer: Promise<Value[]>): Promise<Value[]> => answer.catch(() => []);

async function fetchJson<S extends v.GenericSchema>(
  address: URL,
  schema: S,
): Promise<v.InferOutput<S>> {
  const answer = await fetch(address, { cache: 'no-store' });
  return v.parse(schema, await answer.json());
}

function after(milliseconds: number, callback: () => void): () => void {
  const timer = setTimeout(callback, milliseconds);
  return () => clearTimeout(timer);
}

async function start(root: HTMLElement): Promise<void> {
  const configuration = await fetchJson(
    new URL('configuration.json', document.baseURI),
    Configuration,
  );
  const { issuer, credential, crewCredential, mock } = configuration;
  const connection: IssuerConnection = {
    issuer,
    credential,
    crewCredential,
    send: (request) => fetch(request),
    deadline: () => AbortSignal.timeout(patienceMilliseconds),
  };
  const milliseconds = (): number => Date.now();
  const clock = mock
    ? mockClock(milliseconds, () =>
        fetch(new URL('/mock/clock', issuer), {
          cache: 'no-store',
          signal: connection.deadline(),
        }),
      )
    : ownClock(milliseconds);
  await clock.follow();

  const [stations, trains] = mock
    ? await Promise.all([
        orNone(fetchJson(new URL('/mock/stations', issuer), Stations)),
        orNone(fetchJson(new URL('/mock/trains', issuer), Trains)),
      ])
    : [[], []];
  const lists = new Lists(connection, await openListsCache(issuer), clock.now);
  const ledger = await openOwnLedger(() => lists.policy.repeatSeconds, clock.now());
  const post = readPost(new URLSearchParams(location.search));
  const station = post.station === '' ? (stations[0]?.id ?? '') : post.station;
  const gate = new Gate({ connection, lists, ledger, clock, after }, { ...post, station });
  const page = new GatePage(root, {
    gate,
    lists,
    clock,
    openCamera,
    read: await pictureReader('/assets/zxing_reader.wasm'),
    after,
    signal: browserSignal(),
    mock,
    stations,
    trains,
    keep: (query) => history.replaceState(null, '', `?${query.toString()}`),
  });
  page.start(new AbortController().signal);
  const connectionChanged = (): void => void gate.refresh();
  addEventListener('online', connectionChanged);
  addEventListener('offline', connectionChanged);
  const everySecond = (): void => {
    page.draw();
    after(1_000, everySecond);
  };
  everySecond();
  await gate.start();
}

const root = document.querySelector<HTMLElement>('#gate');
if (!root) throw new Error('The page has no place for the gate.');
start(root).catch(() => {
  const { language } = readPost(new URLSearchParams(location.search));
  root.className = 'broken-page';
  root.setAttribute('role', 'alert');
  root.textContent = (language === 'zh' ? zh : en).noConfiguration;
});
