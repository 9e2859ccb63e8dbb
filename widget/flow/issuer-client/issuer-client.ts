import { holderCalls, type Call } from '../../protocol/calls.ts';
import { mayPass, type Refusal } from '../refusal.ts';
import { readAnswer, refuse, type Answer, type Output } from './answer.ts';
import { requestFor } from './request.ts';

export type CallName = keyof typeof holderCalls;
export type OutputOf<Name extends CallName> = Output<(typeof holderCalls)[Name]>;

/** What the client needs of whoever calls on it. */
export interface IssuerClientPorts {
  send: (request: Request) => Promise<Response>;
  after: (milliseconds: number, callback: () => void) => () => void;
  randomUuid: () => string;
  /** The holder's key. @throws where the browser makes none */
  key: () => Promise<CryptoKeyPair>;
  /** The host's session; `again` when the issuer says that the last one has expired. */
  session: (again: boolean) => Promise<string | undefined>;
}

export interface Asking {
  signal: AbortSignal;
  /** For the `:id` of the call's path. */
  id?: string;
  body?: unknown;
  grant?: string;
  /** Instead of the holder's present key: for revoking what a former one still has. */
  key?: CryptoKeyPair;
  keepalive?: boolean;
  /** Made by a guest, whatever the host's session was. */
  asGuest?: boolean;
}

export interface IssuerClient {
  call: <Name extends CallName>(name: Name, asking: Asking) => Promise<Answer<OutputOf<Name>>>;
}

const tries = 3;
const timeoutMilliseconds = 15_000;
/** Whoever is told to wait longer is told so, rather than kept waiting without a word. */
const longestPauseSeconds = 10;

/**
 * Makes the holder's calls. Each is tried up to three times while the issuer is unavailable, the
 * connection breaks or somebody else answers, and a fourth time where the third was the first to be told
 * when asking again helps, as by a server that has just come back; what creates under one
 * `Idempotency-Key`, so that nothing is issued twice (B6). An old nonce, a proof that is refused and an expired session are each
 * mended once.
 *
 * @param issuer address of the issuer, without a slash at its end
 */
export function createIssuerClient(issuer: string, ports: IssuerClientPorts): IssuerClient {
  /** The last `DPoP-Nonce` seen (RFC 9449, section 8.2): every answer brings the next. */
  let nonce: string | undefined;

  async function sendOnce<C extends Call>(
    call: C,
    asking: Asking,
    session: string | undefined,
    idempotencyKey: string | undefined,
  ): Promise<Answer<Output<C>>> {
    const controller = new AbortController();
    const abort = () => controller.abort();
    const cancelTimeout = ports.after(timeoutMilliseconds, abort);
    asking.signal.addEventListener('abort', abort);
    try {
      const request = await signed(call, asking, session, idempotencyKey, controller.signal);
      if (!request) return refuse('keys-unavailable');
      const response = await ports.send(request);
      nonce = response.headers.get('DPoP-Nonce') ?? nonce;
      return await readAnswer(call, response);
    } catch {
      return refuse('no-connection');
    } finally {
      cancelTimeout();
      asking.signal.removeEventListener('abort', abort);
    }
  }

  /** Nothing where the browser makes no key, or does not sign with it. */
  async function signed(
    call: Call,
    asking: Asking,
    session: string | undefined,
    idempotencyKey: string | undefined,
    signal: AbortSignal,
  ): Promise<Request | undefined> {
    const { id, body, grant, keepalive } = asking;
    try {
      const key = call.by.includes('key') ? (asking.key ?? (await ports.key())) : undefined;
      const sending = { issuer, id, body, key, nonce, session, grant, idempotencyKey, keepalive };
      return await requestFor(call, { ...sending, signal });
    } catch {
      return undefined;
    }
  }

  async function sendMended<C extends Call>(
    call: C,
    asking: Asking,
    idempotencyKey: string | undefined,
  ): Promise<Answer<Output<C>>> {
    const bySession = call.by.includes('session') || call.by.includes('optional-session');
    let session = bySession && !asking.asGuest ? await ports.session(false) : undefined;
    const mended = new Set<Refusal['code']>();
    for (;;) {
      const answer = await sendOnce(call, asking, session, idempotencyKey);
      if (answer.ok || mended.has(answer.refusal.code)) return answer;
      const { code } = answer.refusal;
      mended.add(code);
      // Browsers repeat a request by themselves when the connection it went out on has died: the
      // issuer has then seen its proof. Each sending of ours has a new one.
      if (code === 'use-dpop-nonce' || code === 'invalid-dpop-proof') continue;
      if (code !== 'session-expired') return answer;
      session = await ports.session(true);
      if (session === undefined) return answer;
    }
  }

  return {
    async call(name, asking) {
      const call: Call = holderCalls[name];
      const idempotencyKey = call.creates ? ports.randomUuid() : undefined;
      /** Whether the issuer has said when to ask again: what it says first is followed. */
      let told = false;
      for (let tried = 1; ; tried++) {
        const answer = await sendMended(call, asking, idempotencyKey);
        const pause = answer.ok ? undefined : pauseAfter(answer.refusal, tried);
        const isTold = !answer.ok && answer.refusal.retryAfter !== undefined;
        const isLast = tried >= tries && (told || !isTold);
        told ||= isTold;
        if (pause === undefined || isLast || asking.signal.aborted) {
          return answer as Answer<OutputOf<typeof name>>;
        }
        await waitFor(pause, asking.signal, ports.after);
      }
    },
  };
}

/** Seconds to wait before the next try: 1, 2, 4, or what the issuer says; none where it cannot help. */
function pauseAfter({ code, retryAfter }: Refusal, tried: number): number | undefined {
  if (!mayPass.has(code) || code === 'rate-limited') return undefined;
  const pause = Math.max(2 ** (tried - 1), retryAfter ?? 0);
  return pause <= longestPauseSeconds ? pause : undefined;
}

/** Settles after so many seconds, or as soon as the signal aborts. */
export function waitFor(
  seconds: number,
  signal: AbortSignal,
  after: IssuerClientPorts['after'],
): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const cancel = after(seconds * 1000, end);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
