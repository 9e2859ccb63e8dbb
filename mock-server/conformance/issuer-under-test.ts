import { holderCalls, type Call } from '../../widget/protocol/calls.ts';
import type { TypedIdentity } from '../../widget/protocol/messages/holder.ts';
import { Metadata } from '../../widget/protocol/messages/metadata.ts';
import { reached, readAnswer, type Answer } from './answer.ts';
import { Interrupted, NotReached } from './check.ts';

export interface Target {
  /** The issuer's origin. */
  origin: string;
  send: (request: Request) => Promise<Response>;
  /** Waits for milliseconds, when the issuer says that this would help; no longer than the signal lets it. */
  wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** Aborted when whoever runs the kit wants it to end: nothing more is asked then. */
  interruption?: AbortSignal | undefined;
  /** Bearer credentials, for what gates and crews may ask. */
  gateCredential?: string | undefined;
  crewCredential?: string | undefined;
  /** A station whose manifest can be had. */
  station?: string | undefined;
  /** Address of the test controls, where the metadata name none. */
  controls?: string | undefined;
  /** Nobody else uses this issuer: its clock may be moved and its reviews made late. */
  alone: boolean;
}

export interface Sent {
  /** Values for the path's `:parameters`. */
  path?: Record<string, string>;
  headers?: Record<string, string>;
  /** Sent as JSON, or as it is if it is a text. */
  body?: unknown;
}

/** Where the contract is asked for from: any page of any host. */
export const embeddingOrigin = 'https://host.example';

const longestWaitSeconds = 60;
const deadlineMilliseconds = 30_000;

/** The issuer that is asked, over HTTP alone. It remembers every answer, for the checks of all of them. */
export class IssuerUnderTest {
  readonly target: Target;
  readonly answers: Answer[] = [];
  /** Everybody who was made up: in no answer may one of them stand in full. */
  readonly people: TypedIdentity[] = [];
  #metadata: Metadata | undefined;

  constructor(target: Target) {
    this.target = target;
  }

  get origin(): string {
    return this.target.origin;
  }

  addressOf({ path }: Pick<Call, 'path'>, values: Record<string, string> = {}): string {
    const filled = path.replace(/:(\w+)/g, (_, name: string) =>
      encodeURIComponent(values[name] ?? ''),
    );
    return this.origin + filled;
  }

  /** Asks once more where the issuer wants to be asked later, and that is soon. */
  async ask(call: Pick<Call, 'method' | 'path'>, sent: Sent = {}): Promise<Answer> {
    const answer = await this.send(call.method, this.addressOf(call, sent.path), sent, call.path);
    this.answers.push(answer);
    return answer;
  }

  /**
   * A request to the issuer, its liveness provider or its test controls. One under way is not given
   * up: whatever it changes must have been changed before it is put back.
   *
   * @throws {NotReached} {Interrupted}
   */
  async send(method: string, address: string, sent: Sent = {}, path = address): Promise<Answer> {
    this.mustGoOn();
    const { headers = {}, body } = sent;
    try {
      const request = new Request(address, {
        method,
        headers: {
          Origin: embeddingOrigin,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        signal: AbortSignal.timeout(deadlineMilliseconds),
        ...(body === undefined
          ? {}
          : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      return await readAnswer(`${method} ${path}`, await this.target.send(request));
    } catch (thrown) {
      // No network, an address that is none, or no answer in time.
      if (!(thrown instanceof TypeError || thrown instanceof DOMException)) throw thrown;
      throw new NotReached(`${method} ${path} was not answered`);
    }
  }

  /** Seconds to wait after an answer that says so, if they are few. */
  async waitFor({ headers, problem }: Answer): Promise<boolean> {
    const seconds = Number(headers.get('Retry-After') ?? NaN);
    const helps = problem === 'rate-limited' || problem === 'unavailable';
    if (!helps || !(seconds <= longestWaitSeconds)) return false;
    const { wait, interruption } = this.target;
    try {
      await wait(seconds * 1000, interruption);
    } catch (thrown) {
      this.mustGoOn();
      throw thrown;
    }
    return true;
  }

  /** The same issuer for what has to be put back, interrupted or not. */
  regardless(): IssuerUnderTest {
    return new IssuerUnderTest({ ...this.target, interruption: undefined });
  }

  /** @throws {Interrupted} */
  mustGoOn(): void {
    if (this.target.interruption?.aborted) throw new Interrupted();
  }

  async metadata(): Promise<Metadata> {
    this.#metadata ??= await this.#readMetadata();
    return this.#metadata;
  }

  /** The issuer's clock, whole seconds since the epoch. */
  async now(): Promise<number> {
    return Math.floor((await this.#readMetadata()).serverTime / 1000);
  }

  async #readMetadata(): Promise<Metadata> {
    return reached(await this.ask(holderCalls.metadata), Metadata);
  }
}
