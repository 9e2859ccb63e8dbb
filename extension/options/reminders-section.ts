import { css, html, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { listen } from '../listening.ts';
import type { Options, Reminder } from '../stored-options.ts';
import type { TextKey } from '../texts.ts';
import { Latest } from './latest.ts';
import { askNotifications, mayNotify } from './permissions.ts';
import { OptionsSection } from './section.ts';
import { sectionStyles } from './section-styles.ts';

const reminders: Record<Reminder, { label: TextKey; hint: TextKey }> = {
  renewal: { label: 'optionsRenewal', hint: 'optionsRenewalHint' },
  end: { label: 'optionsEnd', hint: 'optionsEndHint' },
  verification: { label: 'optionsVerification', hint: 'optionsVerificationHint' },
};

/**
 * `<options-reminders>`: what a notification is wanted for. A switch is on only when the browser allows
 * notifications, so it moves after the browser has been asked, and not before.
 */
export class OptionsReminders extends OptionsSection {
  static override styles = [
    ...sectionStyles,
    css`
      .line {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5em 1em;
        align-items: center;
        justify-content: space-between;
        min-height: 44px;
      }
      .line > label {
        flex: 1 1 6em;
        min-width: 0;
        color: var(--bid-text);
        font-size: 1em;
        cursor: pointer;
      }
      .line .muted {
        display: block;
      }
      input[role='switch'] {
        appearance: none;
        flex: none;
        width: 3.25em;
        height: 1.875em;
        margin: 0;
        border: 1px solid var(--bid-border);
        border-radius: 1em;
        background: var(--bid-background);
        font-size: inherit;
        cursor: pointer;
      }
      input[role='switch']::before {
        content: '';
        display: block;
        width: 1.25em;
        height: 1.25em;
        margin: calc(0.3125em - 1px);
        border-radius: 50%;
        background: var(--bid-border);
      }
      input[role='switch']:checked {
        border-color: var(--bid-fill);
        background: var(--bid-fill);
      }
      input[role='switch']:checked::before {
        margin-inline-start: calc(1.6875em - 1px);
        background: var(--bid-on-fill);
      }
      @media (prefers-reduced-motion: no-preference) {
        input[role='switch']::before {
          transition: margin 0.15s;
        }
      }
      @media (forced-colors: active) {
        input[role='switch'] {
          appearance: auto;
        }
        input[role='switch']::before {
          content: none;
        }
      }
    `,
  ];

  /** @returns false after having told that the browser does not store it */
  save!: (change: (options: Options) => Options) => Promise<boolean>;

  /** Not known before the browser has said. */
  @state() private isAllowed: boolean | undefined;
  @state() private step: 'rest' | 'asking' | 'refused' = 'rest';
  private readonly latest = new Latest();
  private listening = new AbortController();

  override connectedCallback(): void {
    super.connectedCallback();
    this.listening = new AbortController();
    const { permissions } = this.ports;
    const look = () => void this.look();
    listen(permissions.onAdded, look, this.listening.signal);
    listen(permissions.onRemoved, look, this.listening.signal);
    look();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.listening.abort();
  }

  override render() {
    return html`<section class="card" aria-labelledby="heading">
      <h2 id="heading">${this.text('optionsReminders')}</h2>
      <p class="muted">${this.text('optionsRemindersHint')}</p>
      ${(Object.keys(reminders) as Reminder[]).map((name) => this.line(name))}
      <div class="said" role="alert">${this.warning()}</div>
      <div class="said" role="status">
        ${
          this.step === 'asking'
            ? html`<p class="muted">${this.text('optionsAskingNotifications')}</p>`
            : nothing
        }
      </div>
    </section>`;
  }

  private line(name: Reminder) {
    const { label, hint } = reminders[name];
    return html`<div class="line">
      <label for=${name}>
        ${this.text(label)}
        <span class="muted" id=${`${name}-hint`}>${this.text(hint)}</span>
      </label>
      <input
        type="checkbox"
        role="switch"
        id=${name}
        aria-describedby=${`${name}-hint`}
        .checked=${live(this.options.reminders[name])}
        @change=${(event: Event) => this.turn(name, event)}
      />
    </div>`;
  }

  private warning() {
    if (this.step === 'refused') {
      return html`<p class="error">${this.text('optionsNotificationsRefused')}</p>`;
    }
    const isWanted = Object.values(this.options.reminders).includes(true);
    if (!isWanted || this.isAllowed !== false || this.step === 'asking') return nothing;
    return html`<p class="notice">${this.text('optionsNotificationsWithdrawn')}</p>
      <div class="actions">
        <button type="button" @click=${() => this.ask()}>
          ${this.text('optionsAllowNotifications')}
        </button>
      </div>`;
  }

  private async look(): Promise<void> {
    this.isAllowed = await mayNotify(this.ports.permissions);
    if (this.isAllowed && this.step === 'refused') this.step = 'rest';
  }

  private turn(name: Reminder, { target }: Event): void {
    const field = target as HTMLInputElement;
    const isOn = field.checked;
    field.checked = this.options.reminders[name];
    const turned = () =>
      this.save((options) => ({ ...options, reminders: { ...options.reminders, [name]: isOn } }));
    if (isOn) this.ask(turned);
    else void turned();
  }

  /** The browser's question must go out while the click is being handled; held already, it asks nobody. */
  private ask(granted?: () => Promise<boolean>): void {
    const isLatest = this.latest.begin();
    this.step = 'asking';
    void askNotifications(this.ports.permissions).then(async (isAllowed) => {
      if (!isLatest()) return;
      this.isAllowed = isAllowed;
      this.step = isAllowed ? 'rest' : 'refused';
      if (isAllowed) await granted?.();
    });
  }
}
