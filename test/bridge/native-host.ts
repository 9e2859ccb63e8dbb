import type { Channel } from '../../widget/host/bridge/channels.ts';

interface Message {
  version: number;
  type: string;
  id?: number;
  payload?: unknown;
}

/** The other end of a channel: a host that answers as it is told to, and writes down what it hears. */
export class NativeHost implements Channel {
  readonly heard: Message[] = [];
  /** The payload to answer a request of this type with; none is silence. */
  readonly answers: Record<string, unknown>;
  #receive: (text: unknown) => void = () => undefined;

  constructor(capabilities: string[] | undefined, answers: Record<string, unknown> = {}) {
    this.answers = answers;
    if (capabilities) this.answers['hello'] = { capabilities };
  }

  post(text: string): unknown {
    const message = JSON.parse(text) as Message;
    this.heard.push(message);
    const { type, id } = message;
    if (!(type in this.answers)) return undefined;
    const payload = this.answers[type];
    this.say(
      type === 'hello'
        ? { version: 1, type: 'welcome', payload }
        : { version: 1, type: 'answer', id, payload },
    );
    return undefined;
  }

  listen(receive: (text: unknown) => void): void {
    this.#receive = receive;
  }

  say(message: unknown): void {
    this.#receive(typeof message === 'string' ? message : JSON.stringify(message));
  }

  types(): string[] {
    return this.heard.map(({ type }) => type);
  }

  last(type: string): Message | undefined {
    return this.heard.findLast((message) => message.type === type);
  }
}
