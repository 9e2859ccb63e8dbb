import type { ReactiveController, ReactiveElement } from 'lit';

/** By what the styles go by, so that no template can forget one; the first that fits counts. */
const parts = {
  '.card, .service': 'card',
  '.notice': 'notice',
  'button.main': 'primary-button',
  'button.quiet': 'text-button',
  button: 'button',
  "input:not([type='checkbox']), select": 'field',
  '.symbol': 'code',
} as const;

/** The liveness check draws on its stage with parts of its own. */
const all = `:is(${Object.keys(parts).join()}):not(#stage *)`;
export const partNames = [...new Set<string>(Object.values(parts))];

/** Names the parts of a screen, for a host's `boarding-id::part(card)`, each time it is drawn. */
export class Parts implements ReactiveController {
  private readonly screen: ReactiveElement;

  constructor(screen: ReactiveElement) {
    this.screen = screen;
  }

  hostConnected(): void {
    this.screen.setAttribute('exportparts', partNames.join());
  }

  hostUpdated(): void {
    for (const element of this.screen.renderRoot.querySelectorAll(all)) {
      const [, part] = Object.entries(parts).find(([selector]) => element.matches(selector))!;
      // Written again it would cost a styling of the whole screen, each second where a code stands.
      if (element.getAttribute('part') !== part) element.setAttribute('part', part);
    }
  }
}
