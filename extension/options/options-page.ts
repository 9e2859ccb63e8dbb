import { css, html, LitElement, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { tokens } from '../../widget/elements/tokens.ts';
import type { Options } from '../stored-options.ts';
import { languageOf, textIn, type TextKey } from '../texts.ts';
import type { OptionsPorts } from './options-ports.ts';
import { keepHostAccessTo } from './permissions.ts';
import { sectionStyles } from './section-styles.ts';

/** `<options-page>`: the sections, each given what is stored now. */
export class OptionsPage extends LitElement {
  static override styles = [
    ...tokens,
    ...sectionStyles,
    css`
      :host {
        display: block;
        min-height: 100dvh;
        background: var(--bid-background);
        /* Chromium makes the text of extensions small. */
        font-size: medium;
        font-family: system-ui, 'PingFang SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif;
      }
      main {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1em;
        max-width: 44em;
        margin-inline: auto;
        padding: 1.5em min(1em, 4%) 2.5em;
      }
      h1 {
        font-size: 1.5em;
        line-height: 1.3;
      }
    `,
  ];

  /** Given before it appears. */
  @property({ attribute: false }) ports!: OptionsPorts;

  @state() private options: Options | undefined;
  @state() private isUnsaved = false;
  /** How often everything was cleared while this page was open. */
  @state() private clearings = 0;
  private listening = new AbortController();

  override connectedCallback(): void {
    super.connectedCallback();
    this.listening = new AbortController();
    void this.begin(this.listening.signal);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.listening.abort();
  }

  override render() {
    const { options, ports } = this;
    if (!options) return nothing;
    const language = languageOf(options.language, ports.browserLanguage);
    const text = (key: TextKey, ...given: string[]) => textIn(language, key, ...given);
    return html`<main lang=${language === 'zh' ? 'zh-CN' : 'en'}>
      <h1>${text('optionsTitle')}</h1>
      ${keyed(
        this.clearings,
        html`<options-sign-in
            .options=${options}
            .language=${language}
            .ports=${ports}
          ></options-sign-in>
          <options-reminders
            .options=${options}
            .language=${language}
            .ports=${ports}
            .save=${this.save}
          ></options-reminders>
          <options-appearance
            .options=${options}
            .language=${language}
            .ports=${ports}
            .save=${this.save}
          ></options-appearance>
          <div class="said" role="alert">
            ${this.isUnsaved ? html`<p class="error">${text('optionsNotSaved')}</p>` : nothing}
          </div>
          <options-issuer
            .options=${options}
            .language=${language}
            .ports=${ports}
          ></options-issuer>`,
      )}
      <options-clear
        .options=${options}
        .language=${language}
        .ports=${ports}
        .cleared=${this.cleared}
      ></options-clear>
      <section class="card" aria-labelledby="about">
        <h2 id="about">${text('optionsAbout')}</h2>
        <p>${text('optionsWhatItIs')}</p>
        <p class="muted">${text('optionsVersion', ports.version)}</p>
      </section>
    </main>`;
  }

  private async begin(signal: AbortSignal): Promise<void> {
    const { options, permissions } = this.ports;
    options.watch((changed) => (this.options = changed), signal);
    const found = await options.read();
    if (signal.aborted) return;
    this.options = found;
    // An earlier visit may have ended between a question and its answer.
    await keepHostAccessTo(permissions, found.issuer);
  }

  private readonly cleared = (): void => {
    this.clearings++;
    this.isUnsaved = false;
  };

  private readonly save = async (change: (options: Options) => Options): Promise<boolean> => {
    this.isUnsaved = await this.ports.change(change).then(
      () => false,
      () => true,
    );
    return !this.isUnsaved;
  };
}
