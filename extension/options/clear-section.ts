import { html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { defaultOptions } from '../stored-options.ts';
import { clearEverything, type Cleared } from './clear-everything.ts';
import { OptionsSection } from './section.ts';
import { sectionStyles } from './section-styles.ts';
import { signedOutTexts } from './signed-out-text.ts';

/** `<options-clear>`: everything goes, after being asked once more. */
export class OptionsClear extends OptionsSection {
  static override styles = sectionStyles;

  /** Told once all is cleared: what others have said before is of what is no more. */
  @property({ attribute: false }) cleared: () => void = () => undefined;
  @state() private step: 'rest' | 'question' | 'clearing' | 'failed' | Cleared = 'rest';

  /** Once anything is set anew, that everything is cleared holds no longer. */
  protected override willUpdate(): void {
    const { issuer, signedIn } = this.options;
    const isNew = signedIn !== undefined || issuer !== defaultOptions.issuer;
    if (isNew && typeof this.step === 'object') this.step = 'rest';
  }

  override render() {
    const { step } = this;
    return html`<section class="card" aria-labelledby="heading">
      <h2 id="heading">${this.text('optionsClear')}</h2>
      <p class="muted" id="hint">${this.text('optionsClearHint')}</p>
      ${
        step === 'question'
          ? this.question()
          : html`<div class="actions">
              <button
                type="button"
                id="clear"
                class="danger"
                aria-describedby="hint"
                aria-disabled=${step === 'clearing' ? 'true' : 'false'}
                @click=${this.ask}
              >
                ${this.text('optionsClearButton')}
              </button>
            </div>`
      }
      <div class="said" role="alert">
        ${step === 'failed' ? html`<p class="error">${this.text('optionsNotEmptied')}</p>` : nothing}
      </div>
      <div class="said" role="status">
        ${step === 'clearing' ? html`<p>${this.text('optionsClearing')}</p>` : nothing}
        ${typeof step === 'object' ? this.result(step) : nothing}
      </div>
    </section>`;
  }

  private question() {
    return html`<div
      id="question"
      class="question"
      role="group"
      tabindex="-1"
      aria-labelledby="asked"
    >
      <p id="asked">${this.text('optionsClearQuestion')}</p>
      <div class="actions">
        <button type="button" class="danger" @click=${() => void this.clear()}>
          ${this.text('optionsClearYes')}
        </button>
        <button type="button" @click=${() => void this.keep()}>
          ${this.text('optionsClearNo')}
        </button>
      </div>
    </div>`;
  }

  private result(result: Cleared) {
    const { emptied, permissionsGivenBack } = result;
    const isDone = emptied && permissionsGivenBack;
    return html`<div class=${isDone ? 'good' : 'notice'}>
      ${signedOutTexts(result).map((key) => html`<p>${this.text(key)}</p>`)}
      <p>
        ${this.text(permissionsGivenBack ? 'optionsPermissionsGivenBack' : 'optionsPermissionsKept')}
      </p>
    </div>`;
  }

  private readonly ask = (): void => {
    if (this.step === 'clearing') return;
    this.step = 'question';
    void this.focusOn('#question');
  };

  private async keep(): Promise<void> {
    this.step = 'rest';
    await this.focusOn('#clear');
  }

  private async clear(): Promise<void> {
    this.step = 'clearing';
    void this.focusOn('#clear');
    try {
      this.step = await clearEverything(this.ports);
      this.cleared();
    } catch {
      this.step = 'failed';
    }
  }
}
