import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { DeepLink, ScreenName, Vault } from '../../widget/index.ts';
import type { Surface } from '../element.ts';
import { asked, type BrowserPermissions } from '../permissions.ts';
import { isCodeReady } from '../ready-code.ts';
import { SurfaceElement, type SurfaceGiven } from '../surface-element.ts';
import { surfaceStyles } from '../surface-styles.ts';

export interface PanelGiven extends SurfaceGiven {
  permissions: BrowserPermissions;
  vault: Pick<Vault, 'read'>;
  now: () => number;
  openPage: (screen: DeepLink) => void;
  /** Back from the first screen. */
  leave: () => void;
}

/** Where the browser would have to ask for the place or the camera. */
const asksThere: ReadonlySet<ScreenName> = new Set(['readiness', 'application', 'liveness']);

/**
 * `<boarding-id-panel>`: the code at hand, beside whatever the traveller is reading. Browsers show no
 * prompt in it, so what would raise one is done on the page until all is allowed.
 */
export class BoardingIdPanel extends SurfaceElement {
  @property({ attribute: false }) override given!: PanelGiven;
  /** Undefined until it is known. */
  @state() private opensAt: DeepLink | undefined;
  @state() private isAllowed = false;
  /** What the traveller has asked for, and cannot be done here. */
  @state() private refused: DeepLink | undefined;

  static override styles = [
    ...surfaceStyles,
    css`
      :host {
        min-height: 100dvh;
      }
      .not-here {
        display: grid;
        gap: 1em;
        align-content: start;
        padding: 1.5em 1em;
      }
      svg {
        width: 3.5em;
        justify-self: center;
        fill: none;
        stroke: var(--bid-ink);
        stroke-width: 1.5;
        stroke-linecap: round;
        stroke-linejoin: round;
      }
      h1 {
        font-size: 1.25em;
        line-height: 1.35;
        text-align: center;
        text-wrap: balance;
      }
    `,
  ];

  protected override attend(signal: AbortSignal): void {
    super.attend(signal);
    const { permissions, vault, now } = this.given;
    permissions.watch(() => void this.lookAtPermissions(), signal);
    void Promise.all([this.lookAtPermissions(), isCodeReady(vault, now)]).then(([, isReady]) => {
      this.opensAt = isReady && this.options.signedIn ? 'code' : 'services';
    });
  }

  /** What was asked for was asked of the former issuer. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    const former = changed.get('options');
    if (former && former.issuer !== this.options.issuer) this.refused = undefined;
  }

  protected override surface(): Surface {
    const { acting, times } = this.given;
    return {
      acting,
      times,
      mayAct: this.mayAct,
      mayLocate: async () => this.isAllowed,
      // Verified on the page: whoever has the panel open has it open for the code.
      codeCame: () => this.component?.open('code'),
    };
  }

  protected override leave(): void {
    this.given.leave();
  }

  protected override render() {
    if (!this.opensAt) return nothing;
    const wanted = this.isAllowed ? undefined : (this.refused ?? this.wantedThere());
    return html`${this.notices(this.elsewhereNotice())} ${wanted ? this.notHere(wanted) : nothing}
    ${this.boardingId(this.opensAt, wanted !== undefined)}`;
  }

  private wantedThere(): DeepLink | undefined {
    return this.screen && asksThere.has(this.screen) ? 'application' : undefined;
  }

  private notHere(screen: DeepLink): TemplateResult {
    return html`<main class="not-here">
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <rect x="2.5" y="4" width="19" height="16" rx="3"></rect>
        <path d="M15 4v16M6 12h5M9 9.5l2.5 2.5L9 14.5"></path>
      </svg>
      <h1>${this.text('panelNotHere')}</h1>
      <p>${this.text('panelNotHereWhy')}</p>
      <button class="main" @click=${() => this.given.openPage(screen)}>
        ${this.text('panelOpenPage')}
      </button>
      <button class="quiet" @click=${this.goBack}>${this.text('panelBack')}</button>
    </main>`;
  }

  private readonly goBack = (): void => {
    if (this.refused) this.refused = undefined;
    else this.component?.open('services');
  };

  private readonly mayAct = async (): Promise<boolean> => {
    if (this.isAllowed) return this.given.acting.begin();
    this.refused = this.screen === 'code' ? 'code' : 'application';
    return false;
  };

  private async lookAtPermissions(): Promise<void> {
    const { permissions } = this.given;
    const states = await Promise.all(asked.map(permissions.state));
    const before = this.isAllowed;
    this.isAllowed = states.every((each) => each === 'granted');
    if (!this.isAllowed || before) return;
    this.refused = undefined;
    // What was kept from asking for the place asks now.
    if (this.screen === 'application') this.component?.open('application');
  }
}
