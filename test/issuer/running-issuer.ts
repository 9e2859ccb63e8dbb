import { generateKeyPair, generateProof, type KeyPair } from 'dpop';
import { createServer, type Server, type ServerOptions } from '../../mock-server/server.ts';
import type { OpenStore } from '../../mock-server/store/open-store.ts';
import { sessionHeader } from '../../widget/protocol/calls.ts';
import type {
  LivenessRequired,
  Shown,
  TypedIdentity,
} from '../../widget/protocol/messages/holder.ts';
import { emptyStore } from '../empty-store.ts';

export const origin = 'https://issuer.example';

/** 1 March 2027, noon in Shanghai: a month of 31 days after one of 28. */
export const noon = Date.parse('2027-03-01T12:00:00+08:00');

/** What an issuer answered; tests look into the body as they please. */
export interface Answer<Body = unknown> {
  status: number;
  /** The problem's code, if it is one. */
  problem: string | undefined;
  body: Body;
  headers: Headers;
}

/** An issuer that answers, wherever it runs. */
export interface ReachedIssuer {
  server: {
    app: { request: (address: string, init: RequestInit) => Response | Promise<Response> };
  };
}

/** The whole mock in this process, with a clock to set. */
export interface RunningIssuer {
  server: Server;
  store: OpenStore;
  /** Milliseconds since the epoch. */
  time: number;
  /** What the server has logged as its own fault; a test that expects none asserts so. */
  logged: unknown[];
  close: () => Promise<void>;
}

/**
 * @param place an open store; without one, an empty one that is removed in the end
 * @param limits other ones than a server usually has
 */
export async function startIssuer(
  place?: OpenStore,
  limits: Pick<ServerOptions, 'rates' | 'answerMilliseconds'> = {},
): Promise<RunningIssuer> {
  const { store, remove } = place
    ? { store: place, remove: () => place.destroy() }
    : await emptyStore();
  const running: RunningIssuer = {
    server: undefined as unknown as Server,
    store,
    time: noon,
    logged: [],
    close: remove,
  };
  running.server = await createServer({
    origin,
    store,
    now: () => running.time,
    log: (what, error) => running.logged.push(what, error),
    ...limits,
  });
  return running;
}

/** A request as it stands, without any credential. */
export async function ask<Body = unknown>(
  running: ReachedIssuer,
  method: string,
  path: string,
  { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer<Body>> {
  const response = await running.server.app.request(origin + path, {
    method,
    headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const json =
    text && response.headers.get('Content-Type')?.includes('json') ? JSON.parse(text) : text;
  return {
    status: response.status,
    problem: (json as { type?: string }).type?.replace('urn:boarding-id:problem:', ''),
    body: json as Body,
    headers: response.headers,
  };
}

interface CallOptions {
  body?: unknown;
  session?: string;
  grant?: string;
  idempotencyKey?: string;
}

/** A holder with a key of its own, as the component is one. */
export class Holder {
  readonly running: ReachedIssuer;
  readonly keys: KeyPair;
  nonce: string | undefined;

  private constructor(running: ReachedIssuer, keys: KeyPair) {
    this.running = running;
    this.keys = keys;
  }

  /** @param keys of another's, where one holder is to be in two places */
  static async create(running: ReachedIssuer, keys?: KeyPair): Promise<Holder> {
    return new Holder(running, keys ?? (await generateKeyPair('ES256')));
  }

  async call<Body = unknown>(
    method: string,
    path: string,
    options: CallOptions = {},
  ): Promise<Answer<Body>> {
    const first = await this.#try<Body>(method, path, options);
    return first.problem === 'use-dpop-nonce' ? this.#try(method, path, options) : first;
  }

  async #try<Body>(method: string, path: string, options: CallOptions): Promise<Answer<Body>> {
    const { body, session, grant, idempotencyKey } = options;
    const proof = await generateProof(this.keys, origin + path, method, this.nonce, grant);
    const answer = await ask<Body>(this.running, method, path, {
      body,
      headers: {
        DPoP: proof,
        ...(grant === undefined ? {} : { Authorization: `DPoP ${grant}` }),
        ...(session === undefined ? {} : { [sessionHeader]: session }),
        ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
      },
    });
    this.nonce = answer.headers.get('DPoP-Nonce') ?? undefined;
    return answer;
  }

  /** Begins an application, as a guest or by a session. */
  apply(by: { identity: TypedIdentity } | { session: string }, idempotencyKey?: string) {
    return this.call<LivenessRequired>('POST', '/v1/applications', {
      body: { ...('identity' in by ? by : {}), consent: true, place: 'beijing' },
      ...('session' in by ? by : {}),
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    });
  }

  view(by: { identity: TypedIdentity } | { session: string }) {
    return this.call<LivenessRequired>('POST', '/v1/views', {
      body: { ...('identity' in by ? by : {}), consent: true },
      ...('session' in by ? by : {}),
    });
  }

  /** Passes the liveness check that an application or a view asked for. */
  async complete(required: Answer<LivenessRequired>, assertion?: string): Promise<Answer<Shown>> {
    const { id, liveness } = required.body;
    const kind = liveness.purpose === 'apply' ? 'applications' : 'views';
    return this.call('POST', `/v1/${kind}/${id}/liveness`, {
      body: { assertion: assertion ?? (await passLiveness(this.running, required)) },
    });
  }

  /** Applies and passes the check. */
  async obtain(by: { identity: TypedIdentity } | { session: string }): Promise<Answer<Shown>> {
    return this.complete(await this.apply(by));
  }
}

/** Makes attempts at the mock provider until it gives an assertion. */
export async function passLiveness(
  running: ReachedIssuer,
  { body }: Answer<LivenessRequired>,
): Promise<string> {
  const path = new URL(body.liveness.provider).pathname;
  for (;;) {
    const { body: answer } = await ask<{ assertion?: string; attemptsLeft?: number }>(
      running,
      'POST',
      path,
      { body: { camera: true, prompts: body.liveness.prompts } },
    );
    if (answer.assertion !== undefined) return answer.assertion;
    if (answer.attemptsLeft === undefined) throw new Error(JSON.stringify(answer));
  }
}

/** A made-up guest, another one each time. */
export async function someGuest(running: RunningIssuer): Promise<TypedIdentity> {
  const { body } = await ask<{ name: string; number: string }>(
    running,
    'GET',
    '/mock/identity-example',
  );
  return { ...body, documentType: 'resident-id' };
}

/** Signs one of the mock's people in. */
export async function signIn(running: ReachedIssuer, person: string): Promise<string> {
  const { body } = await ask<{ session: string }>(running, 'POST', '/mock/sessions', {
    body: { person },
  });
  return body.session;
}

export const minutes = (count: number): number => count * 60_000;
export const hours = (count: number): number => minutes(count * 60);
