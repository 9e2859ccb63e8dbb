import type { Flow } from '../widget/index.ts';
import { isCheckingAgain, journeyOf } from '../widget/flow/transition/step.ts';
import type { Acting } from './acting.ts';

type UserEvent = Parameters<Flow['send']>[0];

/** What begins to act: the rest looks at what there is, goes on with it or goes back from it. */
const beginsToAct: ReadonlySet<UserEvent['type']> = new Set([
  'submit',
  'start-liveness',
  'verify-again',
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
export function isUnderWay({ screen }: Pick<Flow['state'], 'screen'>): boolean {
  const journey = journeyOf(screen);
  switch (journey.name) {
    case 'application':
      return journey.busy !== undefined;
    case 'liveness':
      return true;
    case 'outcome':
      return journey.outcome.status === 'waiting' || journey.outcome.status === 'unconfirmed';
    default:
      return isCheckingAgain(journey);
  }
}
