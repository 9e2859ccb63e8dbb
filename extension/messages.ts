import type { Runtime } from 'webextension-polyfill';
import type { DeepLink } from '../widget/index.ts';
import { listen } from './listening.ts';

/** What goes between the background and the surfaces: the whole of it. */
export interface Messages {
  /** From the background: whoever shows a code says so; nobody else answers. */
  'is-code-open': { given: undefined; answer: true };
  /** From the popup: whoever has a code that holds says so, be it seen at this moment or not. */
  'has-code': { given: undefined; answer: true };
  /** To whoever has such a code: it comes to the front with it. */
  'show-code': { given: undefined; answer: true };
  /**
   * To the tab that has the page, if there is one: it comes to the front, at a screen. Without one, to
   * whichever surface acts.
   */
  'come-forward': { given: { screen: DeepLink | undefined }; answer: true };
}
export type MessageName = keyof Messages;

interface Sent<Name extends MessageName> {
  name: Name;
  given: Messages[Name]['given'];
}

type Port = Pick<Runtime.Static, 'sendMessage' | 'onMessage'>;

/** @returns nothing when nobody answers */
export async function send<Name extends MessageName>(
  runtime: Port,
  name: Name,
  given: Messages[Name]['given'],
): Promise<Messages[Name]['answer'] | undefined> {
  const message: Sent<Name> = { name, given };
  // Without any page of the extension open, a browser takes it for an error.
  return runtime.sendMessage(message).catch(() => undefined) as Promise<
    Messages[Name]['answer'] | undefined
  >;
}

/**
 * Answers a message until the signal aborts.
 *
 * @param answer gives nothing to leave the answer to another surface
 */
export function answer<Name extends MessageName>(
  runtime: Port,
  name: Name,
  answer: (given: Messages[Name]['given']) => Promise<Messages[Name]['answer']> | undefined,
  signal: AbortSignal,
): void {
  listen(
    runtime.onMessage,
    (message: unknown) => {
      const sent = message as Partial<Sent<MessageName>> | undefined;
      if (sent?.name !== name) return undefined;
      return answer(sent.given);
    },
    signal,
  );
}
