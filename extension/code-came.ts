import type { Flow } from '../widget/index.ts';

/**
 * Hears of a code that was opened on another surface while nothing stands in its way here. One that is opened
 * here shows itself.
 */
export function hearOfCode(flow: Flow, came: () => void): void {
  let had = false;
  flow.subscribe(() => {
    const { known, screen } = flow.state;
    const has = (known.showing?.windows.length ?? 0) > 0;
    const isIdle = screen.name === 'services' || (screen.name === 'application' && !screen.busy);
    if (has && !had && isIdle) came();
    had = has;
  });
}
