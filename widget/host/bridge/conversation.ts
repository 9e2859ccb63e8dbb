import * as v from 'valibot';
import type { Ports } from '../../flow/ports.ts';
import type { Channel } from './channels.ts';
import {
  capabilities,
  readEnvelope,
  version,
  Welcome,
  type Capability,
  type Envelope,
} from './envelope.ts';

/** Requests with their answers, and what is only told, over a channel of text. */
export interface Conversation {
  /** Whether the host has said in time what it can do. */
  answers: Promise<boolean>;
  /** What the host can do; nothing when it has not said so in time. */
  can: (capability: Capability) => Promise<boolean>;
  /** @throws HostSilent when no answer of this shape comes in time, when the host rejects it or it is given up */
  ask: <Schema extends v.GenericSchema>(
    type: Capability,
    reply: Schema,
    asking: Asking,
  ) => Promise<v.InferOutput<Schema>>;
  tell: (type: string, payload?: unknown) => void;
  tellIfAble: (capability: Capability, payload?: unknown) => void;
}

export interface Asking {
  payload?: unknown;
  /** Gives up when it aborts; the host is told. */
  signal?: AbortSignal;
  /** Milliseconds. */
  within: number;
}

/** Why no answer of the right shape was given. */
export class HostSilent extends Error {
  override name = 'HostSilent';
}

/** Milliseconds. A host that does not say what it can do is no host: the browser does all of it. */
const welcomeTimeout = 2000;

/** @param hear takes what the host says by itself */
export function createConversation(
  channel: Channel,
  after: Ports['after'],
  hear: (message: Envelope) => void,
): Conversation {
  const waiting = new Map<number, (payload: unknown) => void>();
  let lastId = 0;
  let welcome: (can: ReadonlySet<string>) => void = () => undefined;
  const welcomed = new Promise<ReadonlySet<string> | undefined>((resolve) => {
    const cancel = after(welcomeTimeout, () => resolve(undefined));
    welcome = (can) => {
      cancel();
      resolve(can);
    };
  });

  function receive(text: unknown): void {
    const message = readEnvelope(text);
    if (!message) return;
    if (message.type === 'welcome') {
      const said = v.safeParse(Welcome, message.payload);
      if (said.success) welcome(new Set(said.output.capabilities));
    } else if (message.type === 'answer' && message.id !== undefined) {
      // Nobody waits any more for an answer that came too late, or twice.
      waiting.get(message.id)?.(message.payload);
    } else {
      hear(message);
    }
  }

  /** @returns false when the channel is broken, or the host has answered with an error */
  async function send(type: string, payload?: unknown, id?: number): Promise<boolean> {
    try {
      receive(await channel.post(JSON.stringify({ version, type, id, payload })));
      return true;
    } catch {
      return false;
    }
  }

  const ask: Conversation['ask'] = (type, reply, { payload, signal, within }) => {
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      const done = (): void => {
        cancel();
        waiting.delete(id);
        signal?.removeEventListener('abort', abort);
      };
      const giveUp = (why: string): void => {
        done();
        void send('cancel', undefined, id);
        reject(new HostSilent(`${type}: ${why}`));
      };
      const abort = (): void => giveUp('given up');
      const cancel = after(within, () => giveUp('no answer in time'));
      signal?.addEventListener('abort', abort, { once: true });
      waiting.set(id, (answer) => {
        done();
        const read = v.safeParse(reply, answer);
        if (read.success) resolve(read.output);
        else reject(new HostSilent(`${type}: an answer of another shape`));
      });
      void send(type, payload, id).then((sent) => {
        if (!sent && waiting.has(id)) giveUp('not taken');
      });
    });
  };

  const can: Conversation['can'] = async (capability) => (await welcomed)?.has(capability) ?? false;
  channel.listen(receive);
  void send('hello', { capabilities });

  return {
    answers: welcomed.then((said) => said !== undefined),
    can,
    ask,
    tell: (type, payload) => void send(type, payload),
    tellIfAble: (capability, payload) => {
      void can(capability).then((able) => {
        if (able) void send(capability, payload);
      });
    },
  };
}
