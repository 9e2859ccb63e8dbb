import { html, nothing, type TemplateResult } from 'lit';
import { refusalOf, type ScreenName } from '../flow/state.ts';
import type { Given } from './screen.ts';

const templates: Record<ScreenName, (given: Given) => TemplateResult> = {
  services: (given) =>
    html`<boarding-id-services .given=${given}
      ><slot name="services" slot="services"></slot
    ></boarding-id-services>`,
  readiness: (given) => html`<boarding-id-readiness .given=${given}></boarding-id-readiness>`,
  application: (given) =>
    html`<boarding-id-application .given=${given}>${hostsText(given)}</boarding-id-application>`,
  liveness: (given) => html`<boarding-id-liveness .given=${given}></boarding-id-liveness>`,
  outcome: (given) =>
    html`<boarding-id-outcome .given=${given}>${hostsText(given)}</boarding-id-outcome>`,
  code: (given) => html`<boarding-id-code .given=${given}>${hostsText(given)}</boarding-id-code>`,
  records: (given) =>
    html`<boarding-id-records .given=${given}>${hostsText(given)}</boarding-id-records>`,
  help: (given) => html`<boarding-id-help .given=${given}></boarding-id-help>`,
};

/** The element for the screen that the flow is at. */
export const screenTemplate = (given: Given): TemplateResult => templates[given.screen.name](given);

/** The host's text for what is refused there, handed on to the screen. */
function hostsText({ screen }: Given) {
  const refusal = refusalOf(screen);
  return refusal ? html`<slot name="refusal-${refusal.code}" slot="refusal"></slot>` : nothing;
}
