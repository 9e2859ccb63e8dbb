import * as v from 'valibot';
import type { Bridge, HostCommands } from '../../flow/bridge.ts';
import type { Ports } from '../../flow/ports.ts';
import { deepLinks } from '../../flow/state.ts';
import type { Channel } from './channels.ts';
import { createConversation } from './conversation.ts';
import type { Envelope } from './envelope.ts';
import { portsOver } from './ports-over.ts';

/**
 * Speaks to the native host at the other end of the channel, and tells it at once that a component is
 * there. Give the answer to the element: `element.bridge = connectBridge(channel)`.
 *
 * @param after calls back once after so many milliseconds; the answer cancels
 */
export function connectBridge(channel: Channel, after: Ports['after'] = browserTimer): Bridge {
  let commands: HostCommands | undefined;
  /** The screen that was asked for before there was a component to show it. */
  let early: Envelope | undefined;
  const host = createConversation(channel, after, (message) => {
    if (commands) command(commands, message);
    else if (message.type === 'open') early = message;
  });

  return {
    portsOver: (browser) => portsOver(host, browser),
    tell: (event) => {
      host.tell('event', event);
      if (event.name === 'closed') host.tellIfAble('close', { reason: event.reason });
    },
    attend: (given) => {
      commands = given;
      if (early) command(given, early);
      early = undefined;
    },
    answers: () => host.answers,
  };
}

const Open = v.object({ screen: v.picklist(deepLinks) });

/** What is of no known type, or of another shape, is not done. */
function command(commands: HostCommands, { type, payload }: Envelope): void {
  switch (type) {
    case 'open': {
      const asked = v.safeParse(Open, payload);
      if (asked.success) commands.open(asked.output.screen);
      return;
    }
    case 'close':
      return commands.close();
    case 'sign-out':
      return commands.signOut();
    case 'back':
      return commands.back();
    case 'session-changed':
      return commands.sessionChanged();
  }
}

const browserTimer: Ports['after'] = (milliseconds, callback) => {
  const timer = setTimeout(callback, milliseconds);
  return () => clearTimeout(timer);
};
