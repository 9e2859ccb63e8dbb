import { Hono, type Context, type MiddlewareHandler } from 'hono';
import type * as v from 'valibot';
import { sessionHeader, type Call } from '../../widget/protocol/calls.ts';
import type { Policy } from '../../widget/protocol/policy.ts';
import { Problem } from '../../widget/protocol/problems.ts';
import type { HostSession } from '../issuer/issuer.ts';
import type { Store } from '../store/open-store.ts';
import type { Secrets } from '../store/secrets.ts';
import { anyOrigin } from './any-origin.ts';
import { callerAddress } from './caller-address.ts';
import { secondsOf, type Clock } from './clock.ts';
import { checkDpop } from './dpop.ts';
import { once, type Created } from './idempotency.ts';
import { isEqual, nonces, type Nonces } from './nonces.ts';
import { rateLimit, type Rates } from './rate-limit.ts';
import { readBody, smallBody } from './request-body.ts';

export const isOfStaff = ({ by }: Call): boolean => by.includes('gate') || by.includes('crew');

/** What answering the calls of the contract needs, whichever they are. */
export interface CallContext {
  /** The configured public origin: what `htu` is compared with, whatever a proxy says. */
  origin: string;
  /** Remembers for minutes which proofs and which `Idempotency-Key`s have been seen. */
  store: Store;
  policy: Policy;
  secrets: Secrets;
  clock: Clock;
  /** @throws `session-expired` `session-required` */
  readSession: (token: string, at: number) => Promise<HostSession>;
  rates: Rates;
  /** How many proxies of one's own stand in front. */
  proxies: number;
  /** How long an answer may take, milliseconds: `before` sees to it. */
  answerMilliseconds: number;
  /** Comes before every call; a mock's faults happen here. */
  before: MiddlewareHandler;
}

/** A request whose credentials and body have been checked. */
export interface Asked<C extends Call> {
  /** The request's one instant, whole seconds since the epoch. */
  at: number;
  body: C extends { request: infer Schema extends v.GenericSchema }
    ? v.InferOutput<Schema>
    : undefined;
  parameter: (name: string) => string;
  /** Of the holder's key, where the call is made by one. */
  thumbprint: 'key' extends C['by'][number] ? string : undefined;
  session: 'session' extends C['by'][number] ? HostSession : HostSession | undefined;
  /** The grant's token, where the call is made with one. */
  grant: 'grant' extends C['by'][number] ? string : undefined;
}

/** What a handler answers: nothing for 204; `grantId` is kept back, see {@link Created}. */
type Answer<C extends Call> = C extends { response: infer Schema extends v.GenericSchema }
  ? v.InferInput<Schema> & { grantId?: string | undefined }
  : undefined;

export type Handler<C extends Call> = (asked: Asked<C>) => Promise<Answer<C>>;

/** A page of any origin may embed the component, and read what it is answered. */
const forComponents = anyOrigin({
  allowMethods: ['GET', 'POST', 'DELETE'] satisfies Call['method'][],
  allowHeaders: ['DPoP', 'Authorization', 'Idempotency-Key', 'Content-Type', sessionHeader],
  exposeHeaders: ['DPoP-Nonce', 'Retry-After', 'Date'],
  maxAge: 600,
});

/** Routes for calls of the contract: credentials as the call's `by` says, body as its schema says. */
export class CallRoutes {
  readonly app = new Hono();
  readonly #context: CallContext;
  readonly #nonces: Nonces;
  readonly #ofAddress: ReturnType<typeof rateLimit>;
  readonly #ofDevice: ReturnType<typeof rateLimit>;

  constructor(context: CallContext) {
    this.#context = context;
    this.#nonces = nonces(context.secrets.nonce, context.policy.nonceSeconds);
    this.#ofAddress = rateLimit(context.rates.address);
    this.#ofDevice = rateLimit(context.rates.device);
    // Before anything can be refused: a refusal can be read, and brings the next nonce too.
    const nextNonce: MiddlewareHandler = (answered, next) => {
      answered.header('DPoP-Nonce', this.#nonces.current(secondsOf(context.clock)));
      return next();
    };
    for (const path of ['/v1/*', '/.well-known/*']) {
      this.app.use(path, forComponents, nextNonce, smallBody, context.before);
    }
  }

  /** Answers one call of the contract. */
  add<C extends Call>(call: C, handler: Handler<C>): this {
    this.app.on(call.method, call.path, async (context) => {
      const at = secondsOf(this.#context.clock);
      context.header(
        'Cache-Control',
        call.cacheSeconds === undefined ? 'no-store' : `public, max-age=${call.cacheSeconds}`,
      );
      const credentials = await this.#credentials(call, context, at);
      const asked = {
        at,
        body: call.request ? await readBody(context.req, call.request) : undefined,
        parameter: (name: string) => context.req.param(name) ?? '',
        ...credentials,
      } as Asked<C>;

      const create = async (): Promise<Created> => {
        const { grantId, ...body }: { grantId?: string | undefined } = (await handler(asked)) ?? {};
        return { body, grantId };
      };
      const body = await this.#create(call, context, credentials.thumbprint, at, create);
      return call.response ? context.json(body as object) : context.body(null, 204);
    });
    return this;
  }

  async #create(
    call: Call,
    context: Context,
    thumbprint: string | undefined,
    at: number,
    create: () => Promise<Created>,
  ): Promise<unknown> {
    const key = context.req.header('Idempotency-Key');
    if (!call.creates || key === undefined) return (await create()).body;
    if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
      throw new Problem('invalid-request', { detail: 'Idempotency-Key' });
    }
    const { store, secrets, answerMilliseconds } = this.#context;
    const scope = `${thumbprint} ${call.method} ${context.req.path}`;
    const body = await context.req.text();
    const answerSeconds = Math.ceil(answerMilliseconds / 1000);
    return once(store, secrets.seal, { scope, key, body, at, answerSeconds }, create);
  }

  async #credentials(call: Call, context: Context, at: number) {
    const by = new Set<string>(call.by);
    const authorization = context.req.header('Authorization');
    for (const who of ['gate', 'crew'] as const) {
      if (by.has(who)) this.#checkBearer(authorization, `${who}-credential`);
    }
    const { clock, proxies } = this.#context;
    const address = callerAddress(context, proxies);
    // A station's lanes stand behind one address, and have shown who they are.
    if (address !== undefined && !isOfStaff(call)) this.#ofAddress(address, clock());

    const grant = by.has('grant') ? authorization?.match(/^DPoP (\S{1,1024})$/i)?.[1] : undefined;
    if (by.has('grant') && grant === undefined) throw new Problem('verification-required');

    const thumbprint = by.has('key')
      ? await checkDpop(
          {
            proof: context.req.header('DPoP'),
            method: call.method,
            url: this.#context.origin + context.req.path,
            accessToken: grant,
            at,
          },
          this.#nonces,
          this.#context.store,
        )
      : undefined;
    // Not before the proof is known to be new: a copied one sent again would use up its owner's rate.
    if (thumbprint !== undefined) this.#ofDevice(thumbprint, clock());

    const token = context.req.header(sessionHeader);
    if (by.has('session') && token === undefined) throw new Problem('session-required');
    const takesSession = by.has('session') || by.has('optional-session');
    const session =
      takesSession && token !== undefined ? await this.#context.readSession(token, at) : undefined;
    return { grant, thumbprint, session };
  }

  /** @throws `credential-required` */
  #checkBearer(
    authorization: string | undefined,
    name: 'gate-credential' | 'crew-credential',
  ): void {
    const expected = this.#context.secrets[name].toString('base64url');
    const given = authorization?.match(/^Bearer (\S+)$/i)?.[1];
    if (given === undefined || !isEqual(given, expected)) throw new Problem('credential-required');
  }
}
