import { css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { DeepLink, SettingsPort } from '../../widget/index.ts';
import type { Surface } from '../element.ts';
import type { BrowserPermissions } from '../permissions.ts';
import { SurfaceElement, type SurfaceGiven } from '../surface-element.ts';
import { surfaceStyles } from '../surface-styles.ts';

export interface PageGiven extends SurfaceGiven {
  permissions: BrowserPermissions;
  /** Where the browser lets an extension open its settings. */
  settings: SettingsPort | undefined;
  /** Back from the first screen. */
  leave: () => void;
}

/** `<boarding-id-page>`: a whole tab, and the only surface where the browser can ask the traveller. */
export class BoardingIdPage extends SurfaceElement {
  @property({ attribute: false }) override given!: PageGiven;
  @property({ attribute: false }) opensAt: DeepLink = 'services';
  /** While it says why the browser is going to ask for the place. */
  @state() private heardWhy: ((goesOn: boolean) => void) | undefined;

  static override styles = [
    ...surfaceStyles,
    css`
      :host {
        min-height: 100dvh;
      }
    `,
  ];

  protected override attend(signal: AbortSignal): void {
    super.attend(signal);
    // Decided in another tab, or in the settings: then nothing is asked.
    const look = async (): Promise<void> => {
      if (!(await this.asks())) this.heardWhy?.(true);
    };
    this.given.permissions.watch(() => void look(), signal);
  }

  protected override surface(): Surface {
    const { acting, times, settings } = this.given;
    return { acting, times, settings, mayAct: acting.begin, mayLocate: this.mayLocate };
  }

  protected override leave(): void {
    this.given.leave();
  }

  protected override render() {
    return html`${this.notices(this.elsewhereNotice(), this.whyNotice())}
    ${this.boardingId(this.opensAt)}`;
  }

  /** Whether the browser would ask the traveller for the place. */
  private async asks(): Promise<boolean> {
    return (await this.given.permissions.state('geolocation')) === 'prompt';
  }

  private readonly mayLocate = async (signal: AbortSignal): Promise<boolean> => {
    if (!(await this.asks())) return true;
    return new Promise((resolve) => {
      const answer = (goesOn: boolean): void => {
        this.heardWhy = undefined;
        resolve(goesOn);
      };
      signal.addEventListener('abort', () => answer(false), { once: true });
      this.heardWhy = answer;
    });
  };

  private whyNotice(): TemplateResult | typeof nothing {
    const { heardWhy } = this;
    // On any other screen the question would come out of the blue.
    if (!heardWhy || this.screen !== 'application') return nothing;
    return html`<div class="bar">
      <p>${this.text('pageWhyLocation')}</p>
      <div class="actions">
        <button class="main" @click=${() => heardWhy(true)}>${this.text('pageGoOn')}</button>
        <button class="quiet" @click=${() => heardWhy(false)}>${this.text('pageNotNow')}</button>
      </div>
    </div>`;
  }
}
