import { Hono } from 'hono';
import { every } from 'hono/combine';
import { randomBytes } from 'node:crypto';
import { policy } from '../widget/protocol/policy.ts';
import { Problem } from '../widget/protocol/problems.ts';
import { addGateRoutes } from './gate/routes.ts';
import { answerHeaders } from './http/answer-headers.ts';
import { CallRoutes } from './http/call-routes.ts';
import { secondsOf, type Clock } from './http/clock.ts';
import { describedCalls } from './http/described-calls.ts';
import { docsHeaders, docsPage } from './http/docs-page.ts';
import { embeddingPages } from './http/embedding.ts';
import { openApi } from './http/openapi.ts';
import { addPage } from './http/pages.ts';
import { problemAnswer, type ErrorLog } from './http/problem-answer.ts';
import { usualRates, type Rates } from './http/rate-limit.ts';
import { smallBody } from './http/request-body.ts';
import { inspected } from './issuer/inspected.ts';
import { readHostSession } from './issuer/host-session.ts';
import type { Issuer } from './issuer/issuer.ts';
import { openKeyring, type Keyring } from './issuer/keyring.ts';
import { placesFrom } from './issuer/places.ts';
import { newId } from './issuer/references.ts';
import { addIssuerRoutes } from './issuer/routes.ts';
import { withDeadline } from './operation/deadline.ts';
import { healthRoutes, readiness, type Readiness } from './operation/health.ts';
import { observe, type RequestObserver } from './operation/observe.ts';
import { removeExpired } from './store/expiry.ts';
import type { OpenStore } from './store/open-store.ts';
import { loadSecrets } from './store/secrets.ts';
import { openClock } from './testbed/clock.ts';
import { withFaults } from './testbed/faults.ts';
import { mockLivenessProvider } from './testbed/liveness-provider.ts';
import { people } from './testbed/people.ts';
import { stations } from './testbed/stations.ts';
import { createTestbed } from './testbed/testbed.ts';

export interface ServerOptions {
  /** The public origin of host app and issuer. */
  origin: string;
  store: OpenStore;
  /** The real time, milliseconds since the epoch. */
  now: Clock;
  log: ErrorLog;
  /** How long an answer may take; by default longer than the store has for a statement. */
  answerMilliseconds?: number;
  /** What the operator may be told; a server that nobody watches needs none. */
  operation?: {
    /** Told of each request, once it is answered. */
    seen: RequestObserver;
    /** A clock that nobody sets, milliseconds. */
    elapsed: () => number;
    proofIssued: () => void;
    /** Whether the server is about to end. */
    isStopping: () => boolean;
  };
  /** How many proxies of one's own stand in front; none unless it is said. */
  proxies?: number;
  rates?: Rates;
  /** The built pages; none are served without. */
  pages?: {
    /** Folder with `host-app`, `gate-page`, `embedding` and `widget`. */
    folder: string;
    /** Of the gate's page, and of the example in a frame. */
    gateOrigin: string;
  };
}

export interface Server {
  /** Host app, issuer and testbed. */
  app: Hono;
  /** The gate's page: another origin, so that it never shares the holder's storage. */
  gateApp: Hono;
  issuer: Issuer;
  /** Whether this server can answer now. */
  ready: Readiness;
  /** Removes what has expired; to be called now and then. */
  tidy: () => Promise<void>;
}

/** Composes the mock: one store, the issuer's rules, the gate's check, and the testbed. */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { origin, store, log, answerMilliseconds = 10_000, pages, operation } = options;
  const random = randomBytes;
  const clock = await openClock(store, options.now);
  const secrets = await loadSecrets(store);
  const keyring = await openKeyring(store, secondsOf(clock.now), (thrown) =>
    log('looking for keys', thrown),
  );
  const provider = mockLivenessProvider({
    origin,
    sealKey: secrets.seal,
    keyring,
    policy,
    people,
    random,
  });
  const issuer: Issuer = {
    origin,
    store,
    policy,
    secrets,
    keyring,
    livenessProvider: provider,
    hostApp: `${origin}/mock`,
    identities: {
      find: async (reference) => people.find((person) => person.id === reference)?.identity,
    },
    places: placesFrom(stations, true),
    random,
    mockSignIn: `${origin}/mock`,
    proofIssued: operation?.proofIssued ?? (() => {}),
  };
  const ready = readiness({
    store,
    keyring,
    at: () => secondsOf(clock.now),
    isStopping: operation?.isStopping ?? (() => false),
  });
  const testbed = createTestbed(issuer, clock, provider);

  const routes = new CallRoutes({
    origin,
    store: store.hurried,
    policy,
    secrets,
    clock: clock.now,
    readSession: (token, at) => readHostSession(issuer, token, at),
    rates: options.rates ?? usualRates,
    proxies: options.proxies ?? 0,
    answerMilliseconds,
    before: every(withFaults(testbed.faults), withDeadline(answerMilliseconds)),
  });
  addIssuerRoutes(routes, issuer, clock.now);
  addGateRoutes(routes, {
    store,
    policy,
    codeKeys: (at) => codeKeys(keyring, at),
    shownOf: (person, ordinal, code) => inspected(issuer, person, ordinal, code),
    newId: () => newId(issuer),
  });

  const app = new Hono();
  const gateApp = new Hono();
  if (operation) {
    for (const each of [app, gateApp]) each.use(observe(operation.seen, operation.elapsed));
  }
  gateApp.use(answerHeaders);
  const answered = problemAnswer(log);
  for (const each of [app, gateApp]) {
    each.onError(answered);
    each.notFound((context) => answered(new Problem('not-found'), context));
  }
  app.use(answerHeaders);
  app.use('/mock/*', smallBody);
  routes.app.onError(answered);
  app.route('/', healthRoutes(ready));
  app.route('/', testbed.app);
  app.get('/openapi.json', (context) => context.json(openApi(origin, describedCalls)));
  app.get('/docs', docsHeaders, (context) => context.html(docsPage(describedCalls)));
  app.route('/', routes.app);

  gateApp.get('/configuration.json', (context) =>
    context.json({
      issuer: origin,
      credential: secrets['gate-credential'].toString('base64url'),
      crewCredential: secrets['crew-credential'].toString('base64url'),
      mock: true,
    }),
  );
  if (pages !== undefined) {
    const { folder, gateOrigin } = pages;
    const embedding = embeddingPages(folder, { app: origin, component: gateOrigin });
    app.route('/', embedding);
    gateApp.route('/', embedding);
    addPage(app, `${folder}/host-app`, false);
    addPage(gateApp, `${folder}/gate-page`, true);
  }
  const tidy = () => removeExpired(store, policy, secondsOf(clock.now));
  return { app, gateApp, issuer, ready, tidy };
}

async function codeKeys(keyring: Keyring, at: number): Promise<ReadonlyMap<string, CryptoKey>> {
  const { keys } = await keyring.published(at);
  const pairs = await Promise.all(
    keys.map(async ({ kid }) => [kid, await keyring.verifying('code', kid, at)] as const),
  );
  return new Map(pairs.flatMap(([kid, key]) => (key ? [[kid, key]] : [])));
}
