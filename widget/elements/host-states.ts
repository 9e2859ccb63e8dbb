import type { State } from '../flow/state.ts';

/** How things stand, as far as a host may look different for it. */
export function statesOf({ screen, known }: State): string[] {
  const isLive = screen.name === 'code' && screen.status === 'live' && known.showing !== undefined;
  return [
    `screen-${screen.name}`,
    ...(known.online ? [] : ['offline']),
    ...(isLive ? ['code-live'] : []),
    ...(isLive && screen.scan ? ['scan-mode'] : []),
  ];
}

/**
 * Shows states as `:state(offline)` and, for engines that know no such thing, as
 * `[data-state~='offline']`: a rule with a selector that an engine cannot read is dropped whole.
 */
export class HostStates {
  private readonly element: HTMLElement;
  private readonly states: Set<string> | undefined;
  private shown = '';

  constructor(element: HTMLElement) {
    this.element = element;
    // Neither is there in every WebView, whatever the types say.
    const old: { attachInternals?: () => { states?: Set<string> } } = element;
    this.states = old.attachInternals?.().states;
  }

  show(names: readonly string[]): void {
    const shown = names.join(' ');
    if (shown === this.shown) return;
    this.shown = shown;
    this.element.dataset['state'] = shown;
    try {
      this.states?.clear();
      for (const name of names) this.states?.add(name);
    } catch {
      // Chromium before 125 takes names with two dashes alone.
    }
  }
}
