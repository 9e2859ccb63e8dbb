import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { Language } from '../../widget/locales/index.ts';
import type { Options } from '../stored-options.ts';
import { textIn, type TextKey } from '../texts.ts';
import type { OptionsPorts } from './options-ports.ts';

/** A part of the options page: what is stored comes in, and what it does goes to the ports. */
export abstract class OptionsSection extends LitElement {
  /** As they are stored now. */
  @property({ attribute: false }) options!: Options;
  @property({ attribute: false }) language!: Language;
  @property({ attribute: false }) ports!: OptionsPorts;

  protected text(key: TextKey, ...given: (string | number)[]): string {
    return textIn(this.language, key, ...given);
  }

  /** What has come up is where the keyboard goes on. */
  protected async focusOn(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }
}
