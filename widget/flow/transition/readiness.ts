import type { Known, State, StoppingObstacle } from '../state.ts';
import { openForm } from './navigation.ts';
import { arrive, journeyOf, knowing, stay, step, type Handler, type Step } from './step.ts';

/** What has to be mended before the form is filled in (B4). */

/** Without these nothing can be done here at all. */
const hopeless: ReadonlySet<StoppingObstacle> = new Set(['insecure-context', 'keys-unavailable']);

export const canProceed = (obstacle: StoppingObstacle): boolean => !hopeless.has(obstacle);

/** The one thing to mend first. */
const firstOf = ({ obstacles, overlooked, registered }: Known): StoppingObstacle | undefined =>
  obstacles
    .filter((each) => each !== 'clock-wrong')
    .find((each) => !overlooked.includes(each) && (registered || each !== 'storage-refused'));

/** Whoever has begun to fill in, or has been told something else, is not interrupted. */
export function isUntouchedForm({ known, screen }: State): boolean {
  const { name = '', number = '' } = known.draft ?? {};
  return screen.name === 'application' && !screen.busy && !screen.refusal && !name && !number;
}

export const readinessKnown: Handler<'readiness-known'> = (state, { obstacles }) => {
  const settled = settle(knowing(state, { obstacles }));
  const withheld = (['location-withheld', 'camera-withheld'] as const)
    .filter((each) => obstacles.includes(each) && !state.known.obstacles.includes(each))
    .map((code) => ({ type: 'tell-host', event: { name: 'error', code } }) as const);
  return step(settled.state, ...settled.effects, ...withheld);
};

export const proceed: Handler<'proceed'> = (state) => {
  const { screen, known } = state;
  if (screen.name !== 'readiness' || !canProceed(screen.obstacle)) return stay(state);
  return settle(knowing(state, { overlooked: [...known.overlooked, screen.obstacle] }));
};

/** Mended, the form is opened as if nothing had been; otherwise the next thing is named. */
function settle(state: State): Step {
  const obstacle = firstOf(state.known);
  const isNamed = journeyOf(state.screen).name === 'readiness';
  if (!isNamed && !isUntouchedForm(state)) return step(state);
  if (obstacle) return step(arrive(state, { name: 'readiness', obstacle, checking: false }));
  return isNamed && state.screen.name === 'readiness' ? openForm(state) : step(state);
}

export const checkReadiness = { type: 'check-readiness', lane: 'readiness' } as const;
