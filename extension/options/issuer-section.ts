import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { defaultIssuer } from '../stored-options.ts';
import type { TextKey } from '../texts.ts';
import { changeIssuer, isAtStake } from './change-issuer.ts';
import { testConnection, type ConnectionFault, type IssuerFacts } from './connection-test.ts';
import { readAddress, type AddressFault } from './issuer-address.ts';
import { Latest } from './latest.ts';
import { askHostAccess, keepHostAccessTo } from './permissions.ts';
import { OptionsSection } from './section.ts';
import { sectionStyles } from './section-styles.ts';
import { signedOutTexts } from './signed-out-text.ts';
import type { SignedOut } from './sign-out.ts';

type Fault = AddressFault | ConnectionFault | 'no-access' | 'not-saved';

/** How far it is with the address. */
type Step =
  | { name: 'rest' }
  | { name: 'asking' | 'testing' | 'changing'; origin: string }
  | { name: 'fault'; fault: Fault; named: string }
  | { name: 'question'; issuer: IssuerFacts }
  | { name: 'connected'; issuer: IssuerFacts; was: SignedOut | undefined };

const faultTexts: Record<Fault, TextKey> = {
  'no-address': 'optionsNoAddress',
  'not-https': 'optionsNotHttps',
  'no-access': 'optionsNoAccess',
  unreachable: 'optionsUnreachable',
  'no-issuer': 'optionsNoIssuer',
  'other-origin': 'optionsOtherOrigin',
  'not-saved': 'optionsNotSaved',
};
const waitingTexts = {
  asking: 'optionsAskingAccess',
  testing: 'optionsTesting',
  changing: 'optionsChanging',
} as const satisfies Record<string, TextKey>;

/** `<options-issuer>`: the issuer's address, saved only after it has answered as one. */
export class OptionsIssuer extends OptionsSection {
  static override styles = sectionStyles;

  @state() private step: Step = { name: 'rest' };
  @query('input') private readonly field!: HTMLInputElement;
  private readonly latest = new Latest();

  /** What was said and asked goes when another issuer is in use, since all was cleared, perhaps. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    const { step, options } = this;
    const former = changed.get('options')?.issuer;
    if (former === undefined || former === options.issuer) return;
    const isOfAnother = step.name === 'connected' && step.issuer.origin !== options.issuer;
    if (isOfAnother || step.name === 'fault' || step.name === 'question') {
      this.step = { name: 'rest' };
    }
  }

  override render() {
    const { step, options } = this;
    const isWrong = step.name === 'fault';
    return html`<section class="card" aria-labelledby="heading">
      <h2 id="heading">${this.text('optionsIssuer')}</h2>
      <p class="muted" id="hint">${this.text('optionsIssuerHint')}</p>
      <form novalidate @submit=${this.onSubmit}>
        <label>
          ${this.text('optionsAddress')}
          <input
            type="url"
            inputmode="url"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            aria-invalid=${isWrong ? 'true' : 'false'}
            aria-describedby=${isWrong ? 'fault hint' : 'hint'}
            .value=${options.issuer}
          />
        </label>
        <div class="actions">
          <button type="submit" class="main">${this.text('optionsTestAndSave')}</button>
          ${
            options.issuer === defaultIssuer
              ? nothing
              : html`<button type="button" @click=${this.toDefault}>
                  ${this.text('optionsToDefault')}
                </button>`
          }
        </div>
      </form>
      <div class="said" role="alert">
        ${isWrong ? html`<p id="fault" class="error">${this.text(faultTexts[step.fault], step.named)}</p>` : nothing}
      </div>
      <div class="said" role="status">${this.said(step)}</div>
      ${step.name === 'question' ? this.question(step.issuer) : nothing}
    </section>`;
  }

  private said(step: Step): TemplateResult | typeof nothing {
    switch (step.name) {
      case 'asking':
      case 'testing':
      case 'changing':
        return html`<p class="muted">${this.text(waitingTexts[step.name], step.origin)}</p>`;
      case 'connected': {
        const { issuer, was } = step;
        const signIn = issuer.mockSignIn ? 'optionsOffersSignIn' : 'optionsOffersNoSignIn';
        return html`<div class="good">
          <p>${this.text('optionsConnected', issuer.origin)}</p>
          <p>${this.text('optionsItsLanguages', this.languageNames(issuer.languages))}</p>
          <p>${this.text(signIn)}</p>
          ${was ? signedOutTexts(was).map((key) => html`<p>${this.text(key)}</p>`) : nothing}
        </div>`;
      }
      default:
        return nothing;
    }
  }

  private question(issuer: IssuerFacts): TemplateResult {
    return html`<div
      id="question"
      class="question"
      role="group"
      tabindex="-1"
      aria-labelledby="asked"
    >
      <p id="asked">
        ${this.text('optionsChangeIssuerQuestion', issuer.origin, this.options.issuer)}
      </p>
      <div class="actions">
        <button type="button" class="main" @click=${() => void this.change(issuer)}>
          ${this.text('optionsChangeIssuerYes')}
        </button>
        <button type="button" @click=${() => void this.keep()}>
          ${this.text('optionsChangeIssuerNo')}
        </button>
      </div>
    </div>`;
  }

  private languageNames(languages: string[]): string {
    const names = new Intl.DisplayNames(this.language === 'zh' ? 'zh-CN' : 'en', {
      type: 'language',
      fallback: 'code',
    });
    const nameOf = (language: string): string => {
      try {
        return names.of(language) ?? language;
      } catch {
        // It may say anything at all.
        return language;
      }
    };
    return languages.map(nameOf).join(this.language === 'zh' ? '、' : ', ');
  }

  private readonly onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    this.go();
  };

  private readonly toDefault = (): void => {
    this.field.value = defaultIssuer;
    this.go();
  };

  /** The browser's question must go out while the click is being handled. */
  private go(): void {
    const read = readAddress(this.field.value);
    const isLatest = this.latest.begin();
    if (!read.ok) return this.refuse(read.fault);
    const { origin } = read;
    this.step = { name: 'asking', origin };
    const access = askHostAccess(this.ports.permissions, origin);
    void this.test(origin, access, isLatest).catch(() => {
      if (isLatest()) this.refuse('not-saved');
    });
  }

  private async test(
    origin: string,
    access: Promise<boolean>,
    isLatest: () => boolean,
  ): Promise<void> {
    const { component, options, permissions } = this.ports;
    const isGranted = await access;
    if (!isLatest()) return;
    if (!isGranted) return this.refuse('no-access', origin);
    this.step = { name: 'testing', origin };
    const connection = await testConnection(origin, component);
    if (!isLatest()) return;
    const { issuer } = await options.read();
    if (!connection.ok) {
      await keepHostAccessTo(permissions, issuer);
      if (isLatest()) this.refuse(connection.fault, connection.named ?? origin);
      return;
    }
    if (issuer === origin) {
      this.step = { name: 'connected', issuer: connection.issuer, was: undefined };
      return;
    }
    if (!(await isAtStake(this.ports))) return this.change(connection.issuer, false);
    if (!isLatest()) return;
    this.step = { name: 'question', issuer: connection.issuer };
    await this.focusOn('#question');
  }

  private async change(issuer: IssuerFacts, tells = true): Promise<void> {
    const isLatest = this.latest.begin();
    const { origin } = issuer;
    this.step = { name: 'changing', origin };
    try {
      const was = await changeIssuer(this.ports, origin);
      if ((await this.ports.options.read()).issuer !== origin) throw new Error(origin);
      if (isLatest()) this.step = { name: 'connected', issuer, was: tells ? was : undefined };
    } catch {
      if (isLatest()) this.refuse('not-saved');
    }
  }

  private async keep(): Promise<void> {
    this.latest.begin();
    this.step = { name: 'rest' };
    this.field.value = this.options.issuer;
    this.field.focus();
    await keepHostAccessTo(this.ports.permissions, this.options.issuer);
  }

  private refuse(fault: Fault, named = ''): void {
    this.step = { name: 'fault', fault, named };
    this.field.focus();
  }
}
