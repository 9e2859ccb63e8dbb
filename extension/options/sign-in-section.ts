import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { mockSignIn, type MockSignIn, type Person } from '../mock-sign-in.ts';
import type { TextKey } from '../texts.ts';
import { withoutSignIn } from './change-options.ts';
import { testConnection } from './connection-test.ts';
import { Latest } from './latest.ts';
import { OptionsSection } from './section.ts';
import { sectionStyles } from './section-styles.ts';
import { signedOutTexts } from './signed-out-text.ts';
import { signOut, type SignedOut } from './sign-out.ts';

/** What the issuer offers. */
type Offer =
  | { name: 'looking' | 'unreachable' | 'none' }
  | { name: 'people'; people: Person[]; at: string; signIn: MockSignIn };

/** What somebody has just done. */
type Step =
  | { name: 'rest' | 'signing-in' | 'signing-out' | 'refused' | 'not-saved' }
  | { name: 'signed-out'; was: SignedOut };

const offerTexts = {
  looking: 'optionsLookingForSignIn',
  unreachable: 'optionsSignInUnreachable',
  none: 'optionsNoSignIn',
} as const satisfies Record<string, TextKey>;

/** `<options-sign-in>`: where the issuer plays the host app too, who is signed in. */
export class OptionsSignIn extends OptionsSection {
  static override styles = [
    ...sectionStyles,
    css`
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(14em, 100%), 1fr));
        gap: 0.5em;
      }
      li button {
        width: 100%;
        height: 100%;
        border-radius: calc(var(--bid-radius) * 0.75);
        border-color: var(--bid-border);
        color: var(--bid-text);
        text-align: start;
      }
      li .muted {
        display: block;
        font-weight: 400;
      }
    `,
  ];

  @state() private offer: Offer = { name: 'looking' };
  @state() private step: Step = { name: 'rest' };
  private readonly lookings = new Latest();
  private readonly latest = new Latest();

  protected override willUpdate(changed: PropertyValues<this>): void {
    const isNew = changed.has('options') && changed.get('options')?.issuer !== this.options.issuer;
    if (isNew) {
      // What was said, and is still to be said, is of the former issuer.
      this.latest.begin();
      this.step = { name: 'rest' };
      void this.look();
    }
    if (this.step.name === 'signed-out' && this.options.signedIn) this.step = { name: 'rest' };
  }

  override render() {
    const { options, step } = this;
    return html`<section class="card" aria-labelledby="heading">
      <h2 id="heading" tabindex="-1">${this.text('optionsSignIn')}</h2>
      ${options.signedIn ? this.signedIn(options.signedIn.user) : this.toSignIn()}
      <div class="said" role="alert">
        ${step.name === 'refused' ? this.error('optionsSignInRefused') : nothing}
        ${step.name === 'not-saved' ? this.error('optionsNotSaved') : nothing}
      </div>
      <div class="said" role="status">${this.said(step)}</div>
    </section>`;
  }

  private error(key: TextKey): TemplateResult {
    return html`<p class="error">${this.text(key)}</p>`;
  }

  private said(step: Step) {
    if (step.name === 'signing-in') return html`<p>${this.text('optionsSigningIn')}</p>`;
    if (step.name === 'signing-out') return html`<p>${this.text('optionsSigningOut')}</p>`;
    if (step.name !== 'signed-out') return nothing;
    return html`<div class="good">
      <p>${this.text('optionsSignedOut')}</p>
      ${signedOutTexts(step.was).map((key) => html`<p>${this.text(key)}</p>`)}
    </div>`;
  }

  private signedIn(user: string): TemplateResult {
    const { offer } = this;
    const person = offer.name === 'people' && offer.people.find(({ id }) => id === user);
    return html`<p>
        ${
          person
            ? this.text('optionsSignedInAs', person.label[this.language])
            : this.text('optionsSignedIn')
        }
      </p>
      <div class="actions">
        <button type="button" @click=${() => void this.leave()}>
          ${this.text('optionsSignOut')}
        </button>
      </div>`;
  }

  private toSignIn(): TemplateResult {
    const { offer } = this;
    if (offer.name !== 'people') {
      return html`<p class="muted">${this.text(offerTexts[offer.name])}</p>
        ${
          offer.name === 'unreachable'
            ? html`<div class="actions">
                <button type="button" @click=${() => void this.look()}>
                  ${this.text('optionsRetry')}
                </button>
              </div>`
            : nothing
        }`;
    }
    return html`<p class="muted">${this.text('optionsSignInHint')}</p>
      <ul>
        ${offer.people.map(
          ({ id, label, note }) =>
            html`<li>
              <button type="button" @click=${() => void this.enter(id, offer)}>
                ${label[this.language]}
                <span class="muted">${note[this.language]}</span>
              </button>
            </li>`,
        )}
      </ul>`;
  }

  private async look(): Promise<void> {
    const isLatest = this.lookings.begin();
    this.offer = { name: 'looking' };
    const offer = await this.find(this.options.issuer).catch(
      () => ({ name: 'unreachable' }) as const,
    );
    if (isLatest()) this.offer = offer;
  }

  private async find(issuer: string): Promise<Offer> {
    const { component } = this.ports;
    const connection = await testConnection(issuer, component);
    if (!connection.ok) return { name: 'unreachable' };
    const at = connection.issuer.mockSignIn;
    if (at === undefined) return { name: 'none' };
    const signIn = mockSignIn(at, component.send);
    return { name: 'people', people: await signIn.people(), at, signIn };
  }

  private async enter(
    user: string,
    { at, signIn }: Extract<Offer, { name: 'people' }>,
  ): Promise<void> {
    const isLatest = this.latest.begin();
    this.step = { name: 'signing-in' };
    try {
      // Whoever cannot have a session now would be signed in nowhere but here.
      await signIn.sessionOf(user)();
    } catch {
      if (isLatest()) this.step = { name: 'refused' };
      return;
    }
    if (!isLatest()) return;
    try {
      await this.ports.change((options) => ({ ...options, signedIn: { user, at } }));
      // What is stored are a guest's, of whom nothing is known.
      await this.ports.times.clear();
      this.step = { name: 'rest' };
      await this.focusOn('#heading');
    } catch {
      this.step = { name: 'not-saved' };
    }
  }

  private async leave(): Promise<void> {
    const isLatest = this.latest.begin();
    this.step = { name: 'signing-out' };
    void this.focusOn('#heading');
    const { options, change, times, component } = this.ports;
    const was = await signOut((await options.read()).issuer, component, async () => {
      await change(withoutSignIn);
      await times.clear();
    });
    if (isLatest()) this.step = { name: 'signed-out', was };
  }
}
