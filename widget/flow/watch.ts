import type { CodeClock } from './code-clock.ts';
import type { FlowEvent } from './events.ts';
import type { IssuerClient } from './issuer-client/issuer-client.ts';
import type { Ports } from './ports.ts';
import type { State } from './state.ts';

export interface WatchContext {
  ports: Pick<Ports, 'after' | 'page'>;
  client: IssuerClient;
  clock: CodeClock;
  dispatch: (event: FlowEvent) => void;
  /** Aborts when the component closes; none while it is closed. */
  visit: () => AbortSignal | undefined;
}

/** Sees to it that the flow learns how time passes (R15, R17, B3). */
export interface Watch {
  /** Starts or stops ticking, as the state needs it. */
  settled: (state: State) => void;
  /** Tells the flow now what the clock says. */
  look: () => void;
  /** The issuer's policy, its clock and a first nonce. */
  learnPolicy: (signal: AbortSignal) => Promise<void>;
}

const tickMilliseconds = 1000;

export function createWatch({ ports, client, clock, dispatch, visit }: WatchContext): Watch {
  let cancelTick: (() => void) | undefined;
  let asking = false;

  function settled(state: State): void {
    const ticking = visit() !== undefined && needsTicks(state, clock.seconds());
    if (!ticking) {
      cancelTick?.();
      cancelTick = undefined;
    }
    if (ticking && !cancelTick) {
      cancelTick = ports.after(tickMilliseconds, () => {
        cancelTick = undefined;
        look();
      });
    }
  }

  function look(): void {
    dispatch({ type: 'time-passed', sure: !clock.isDoubtful() });
    if (clock.isDoubtful()) void askTheTime();
  }

  /** One asking at a time; while the network is away the doubt stays. */
  async function askTheTime(): Promise<void> {
    const signal = visit();
    if (!signal || asking || !ports.page.online()) return;
    asking = true;
    await learnPolicy(signal);
    asking = false;
  }

  async function learnPolicy(signal: AbortSignal): Promise<void> {
    const answer = await client.call('metadata', { signal });
    if (signal.aborted) return;
    if (!answer.ok) return dispatch({ type: 'refused', lane: 'start', refusal: answer.refusal });
    clock.set(answer.value.serverTime);
    dispatch({ type: 'policy-known', policy: answer.value.policy });
    dispatch({ type: 'time-passed', sure: true });
  }

  return { settled, look, learnPolicy };
}

/** While a code is shown, and while the page about it still has an end to come (R10). */
function needsTicks({ known: { showing }, screen }: State, now: number): boolean {
  if (!showing) return false;
  if (showing.windows.length > 0) return true;
  return screen.name === 'code' && now < showing.proof.validUntil;
}
