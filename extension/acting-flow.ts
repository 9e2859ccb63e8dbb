import type { Flow } from '../widget/index.ts';
import type { Acting } from './acting.ts';

type UserEvent = Parameters<Flow['send']>[0];

/** What begins to act: the rest looks at what there is, or goes back from it. */
const beginsToAct: ReadonlySet<UserEvent['type']> = new Set([
  'submit',
  'start-liveness',
  'verify-again',
  'retry',
]);

/**
 * A flow that acts only while this surface may.
 *
 * @param mayAct asked before each beginning; answers false after having told the traveller why not
 */
export function actingFlow(flow: Flow, acting: Acting, mayAct: () => Promise<boolean>): Flow {
  async function begin(event: UserEvent): Promise<void> {
    if (!(await mayAct())) return;
    flow.send(event);
    settle();
  }

  /** The lock goes as soon as nothing is under way any more that another surface could do again. */
  function settle(): void {
    if (!isUnderWay(flow.state)) acting.end();
  }

  flow.subscribe(settle);
  return {
    get state() {
      return flow.state;
    },
    subscribe: flow.subscribe,
    send: (event) => {
      if (beginsToAct.has(event.type)) void begin(event);
      else flow.send(event);
    },
    serverNow: flow.serverNow,
    open: flow.open,
    close: () => {
      flow.close();
      acting.end();
    },
    signOut: flow.signOut,
    sessionChanged: flow.sessionChanged,
  };
}

/** Something hangs on this surface: a submission, a check, the answer to one. */
export function isUnderWay({ screen }: Flow['state']): boolean {
  switch (screen.name) {
    case 'application':
      return screen.busy !== undefined;
    case 'liveness':
      return true;
    case 'outcome':
      return screen.outcome.status === 'waiting' || screen.outcome.status === 'unconfirmed';
    case 'code':
      return screen.refreshing && screen.status !== 'live';
    case 'help':
    case 'records':
      return isUnderWay({ screen: screen.behind } as Flow['state']);
    default:
      return false;
  }
}
