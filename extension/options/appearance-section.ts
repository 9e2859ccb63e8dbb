import { css, html } from 'lit';
import type { Options } from '../stored-options.ts';
import type { TextKey } from '../texts.ts';
import { OptionsSection } from './section.ts';
import { sectionStyles } from './section-styles.ts';

type Choice = 'language' | 'theme';

const choices: {
  [Name in Choice]: { label: TextKey; values: Record<Options[Name], TextKey> };
} = {
  language: {
    label: 'optionsLanguage',
    values: {
      browser: 'optionsAsBrowser',
      zh: 'optionsChinese',
      en: 'optionsEnglish',
    },
  },
  theme: {
    label: 'optionsTheme',
    values: { browser: 'optionsAsBrowser', light: 'optionsLight', dark: 'optionsDark' },
  },
};

/** `<options-appearance>`: language and theme, which every open surface takes up at once. */
export class OptionsAppearance extends OptionsSection {
  static override styles = [
    ...sectionStyles,
    css`
      .choices {
        container-type: inline-size;
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(12em, 100%), 1fr));
        gap: 0.875em;
      }
      /* Browsers do not wrap a choice: in large text on a narrow screen it would be cut. */
      select {
        padding-inline: min(0.75em, 3%);
        font-size: min(1.0625em, 9cqi);
      }
    `,
  ];

  /** Told when the browser does not store a choice. */
  save!: (change: (options: Options) => Options) => Promise<boolean>;

  override render() {
    return html`<section class="card" aria-labelledby="heading">
      <h2 id="heading">${this.text('optionsAppearance')}</h2>
      <div class="choices">${this.choice('language')} ${this.choice('theme')}</div>
    </section>`;
  }

  private choice(name: Choice) {
    const { label, values } = choices[name];
    return html`<label>
      ${this.text(label)}
      <select data-choice=${name} @change=${(event: Event) => void this.choose(name, event)}>
        ${Object.entries(values).map(
          ([value, text]) =>
            html`<option value=${value} .selected=${this.options[name] === value}>
              ${this.text(text)}
            </option>`,
        )}
      </select>
    </label>`;
  }

  private async choose(name: Choice, { target }: Event): Promise<void> {
    const select = target as HTMLSelectElement;
    const { value } = select;
    const isSaved = await this.save((options) => ({ ...options, [name]: value }));
    if (!isSaved) select.value = this.options[name];
  }
}
